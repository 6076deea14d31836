"""People who write: mentions by the minute, as triage leaves them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from rejoinder.listening.models import Mention

_numbers = count(1)


def write(
    at: datetime,
    many: int,
    *,
    person: int | None = None,
    intent: str = "outage",
    question: int | None = None,
) -> None:
    """So many mentions of one moment, each by somebody else, or all by one person."""
    Mention.objects.bulk_create(
        [_mention(at, person=person, intent=intent, question=question) for _ in range(many)]
    )


def usual_days(until: datetime, days: int) -> None:
    """One mention every ten minutes, one in four of them a problem."""
    times = [until - timedelta(minutes=10 * (n + 1)) for n in range(days * 144)]
    intents = ["outage" if n % 4 == 0 else "praise" for n in range(len(times))]
    Mention.objects.bulk_create(
        [_mention(at, intent=intent) for at, intent in zip(times, intents, strict=True)]
    )


def _mention(
    at: datetime, *, person: int | None = None, intent: str = "", question: int | None = None
) -> Mention:
    number = next(_numbers)
    return Mention(
        channel="notebook",
        external_id=f"crowd-{number}",
        person_id=person or 100_000 + number,
        thread=f"crowd-{number}",
        text="no signal",
        created_at=at,
        heard_at=at,
        intent=intent,
        question_id=question,
    )


def minutes(begins: datetime, many: int) -> Iterable[datetime]:
    """The beginnings of minutes that follow each other."""
    return (begins + timedelta(minutes=n) for n in range(many))
