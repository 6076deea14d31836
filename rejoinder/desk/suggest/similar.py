"""Past replies of the team that may fit: to the same question in public, or to the same person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rejoinder.desk.suggest.impersonal import impersonal
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.privacy.find import masked
from rejoinder.team import access
from rejoinder.team.models import Advisor

ASKED = 300  # mentions of the question that are looked at, the newest
READ = 40  # replies to them
SHOWN = 3
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Similar:
    """One reply; `theirs` says that the same person was told it."""

    text: str
    at: datetime
    by: str
    theirs: bool


def similar(talk: Conversation, reader: Advisor) -> list[Similar]:
    """At most SHOWN, the newest first, what this person was told before at the front.

    To others only what was public then, with personal data hidden and their names away: what
    somebody else said or is does not come into this conversation.
    """
    if not access.may(reader, access.READ):
        return []
    return _distinct([*_told_them(talk), *_told_others(talk)])


def _told_them(talk: Conversation) -> Iterable[Similar]:
    rows = Reply.objects.filter(conversation__person=talk.person_id, state=State.SENT)
    earlier = rows.exclude(conversation=talk).select_related("advisor")
    for row in earlier.order_by("-sent_at", "-id")[:SHOWN]:
        yield _of(row, masked(row.text), theirs=True)


def _told_others(talk: Conversation) -> Iterable[Similar]:
    last = Mention.objects.filter(pk=talk.last_mention_id or 0).values_list(
        "question_id", flat=True
    )
    question = last.first()
    if question is None:
        return
    asking = Mention.objects.filter(question_id=question, public=True, deleted_at=None)
    newest = list(asking.order_by("-pk").values_list("pk", flat=True)[:ASKED])
    rows = Reply.objects.filter(mention__in=newest, state=State.SENT, private=False)
    others = rows.exclude(conversation__person=talk.person_id)
    with_people = others.select_related("advisor", "conversation__person")
    for row in with_people.order_by("-sent_at", "-id")[:READ]:
        person = row.conversation.person
        yield _of(row, impersonal(masked(row.text), [person.name, person.handle]), theirs=False)


def _of(row: Reply, text: str, *, theirs: bool) -> Similar:
    at = row.sent_at or row.written_at
    return Similar(text[:LONGEST], at, row.advisor.name, theirs)


def _distinct(found: Iterable[Similar]) -> list[Similar]:
    seen: dict[str, Similar] = {}
    for each in found:
        seen.setdefault(" ".join(each.text.casefold().split()), each)
        if len(seen) == SHOWN:
            break
    return list(seen.values())
