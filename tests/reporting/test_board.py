"""The board's week: every figure again from the raw rows, knowing nothing of how it was made."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from rejoinder.answers.models import Answer, Revision, Told
from rejoinder.crisis.models import Crisis
from rejoinder.crisis.models import Promise as ToEverybody
from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea, Closure, Promise, Referral
from rejoinder.listening.models import Conversation, Mention, Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.reporting import board
from rejoinder.reporting.board import Week
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import BoardNote
from rejoinder.reporting.spans import Span
from rejoinder.reporting.zone import zone
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DAY = timedelta(days=1)
WEEKS = 5  # over which the rows are strewn


class House:
    """Rows of everything that a board's page tells, strewn over five weeks by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = clock.now()
        self.dan = people.dan()
        areas.keep(self.dan, "Network", ["outage", "coverage"])
        areas.keep(self.dan, "Billing", ["billing"])
        self.areas: list[BusinessArea] = list(areas.kept())
        for ago in sorted((self.ago() for _ in range(160)), reverse=True):
            self.wrote(ago)
        self.talks = list(Conversation.objects.all())
        for _ in range(60):
            self.replied()
        for _ in range(12):
            self.closed()
        self.answered()
        self.promised()

    def ago(self) -> timedelta:
        return timedelta(days=self.chance.uniform(0, 7 * WEEKS))

    def wrote(self, ago: timedelta) -> None:
        stage.says(
            f"Person {self.chance.randrange(40)}",
            "words",
            minutes_ago=ago / timedelta(minutes=1),
            thread=f"at://{self.chance.randrange(60)}",
            intent=self.chance.choice(["outage", "coverage", "billing", "praise"]),
            sentiment=self.chance.choice(["negative", "neutral", "positive", ""]),
            ours=self.chance.random() < 0.05,
            deleted_at=self.now if self.chance.random() < 0.05 else None,
        )

    def replied(self) -> None:
        talk = self.chance.choice(self.talks)
        sent = self.chance.random() < 0.9
        at = self.now - self.ago()
        mention = Mention.objects.filter(conversation=talk).latest("pk")
        Reply.objects.create(
            conversation=talk,
            mention=mention,
            account=stage.account(),
            advisor=people.alice(),
            text="We are on it.",
            state=State.SENT if sent else State.REFUSED,
            key=str(uuid4()),
            written_at=at,
            due_at=at,
            sent_at=at if sent else None,
        )

    def closed(self) -> None:
        talk = self.chance.choice(self.talks)
        Closure.objects.create(
            conversation=talk, advisor=people.alice(), at=self.now - self.ago(), why="solved"
        )

    def answered(self) -> None:
        answer = Answer.objects.create(
            slug="4g", code="abc", opened_by=self.dan, opened_at=self.now - 40 * DAY
        )
        for number in range(1, 9):
            Revision.objects.create(
                answer=answer,
                language="en-gb",
                number=number,
                title="When is 4G back?",
                text="Soon.",
                written_by=self.dan,
                written_at=self.now - 40 * DAY,
                published_at=self.now - self.ago(),
            )
        for revision in Revision.objects.all():
            for _ in range(5):
                talk = self.chance.choice(self.talks)
                Told.objects.create(
                    revision=revision,
                    person=talk.person,
                    conversation=talk,
                    at=self.now - self.ago(),
                )
        for at in range(6):
            named = self.now - self.ago() if at % 2 else None
            Question.objects.create(
                name=f"Question {at}",
                first_at=self.now,
                last_at=self.now,
                named_at=named,
                named_by=self.dan if named else None,
            )

    def promised(self) -> None:
        crisis = Crisis.objects.create(
            name="Leak",
            began_at=self.now - 40 * DAY,
            declared_at=self.now - 40 * DAY,
            declared_by=self.dan,
            reserve=0.2,
            askers=9,
            tone="calm",
            policy_at=self.now - 40 * DAY,
        )
        for at in range(40):
            due = self.now - self.ago()
            kept = due + timedelta(days=self.chance.uniform(-3, 9))
            values: dict[str, Any] = {
                "made_at": due - 3 * DAY,
                "made_by": self.dan,
                "due_at": due,
                "kept_at": kept if self.chance.random() < 0.8 and kept < self.now else None,
            }
            if at % 2:
                ToEverybody.objects.create(crisis=crisis, keeper=self.dan, is_update=True, **values)
                continue
            talk = self.chance.choice(self.talks)
            referral = Referral.objects.create(
                conversation=talk,
                area=self.areas[0],
                asker=self.dan,
                text="When?",
                at=due - 3 * DAY,
                due_at=due,
                ended_at=due,
            )
            Promise.objects.create(conversation=talk, referral=referral, **values)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("back", [0, 1, 2])
def test_every_figure_of_the_page_is_that_of_the_raw_rows(seed: int, back: int) -> None:
    house = House(seed)
    span = board.last_week().earlier(back)
    found = board.week(span, house.areas)
    _check_heard(found, span, house.areas)
    _check_done(found, span)
    _check_waits(found, span)
    _check_promised(found, span)
    named = {one.name for one in Question.objects.all() if one.named_at and _in(one.named_at, span)}
    assert set(found.named) == named


def _in(at: datetime, span: Span) -> bool:
    local = at.astimezone(zone()).date()
    return span.first <= local < span.first + timedelta(days=7)


def _end(span: Span) -> datetime:
    last = span.first + timedelta(days=7)
    return datetime(last.year, last.month, last.day, tzinfo=zone())


def _check_heard(found: Week, span: Span, among: list[BusinessArea]) -> None:
    rows = [
        row
        for row in Mention.objects.all()
        if not row.ours and not row.deleted_at and _in(row.created_at, span)
    ]
    for area in (None, *among):
        own = [row for row in rows if area is None or row.intent in area.intents]
        told = found.read.areas[area.pk] if area else found.read.whole
        askers = {row.person_id for row in own}
        if len(askers) < FEW:
            assert told.whole is None
            continue
        assert told.whole is not None
        assert (told.whole.mentions, told.whole.people) == (len(own), len(askers))
        read = [row for row in own if row.sentiment]
        if "negative" in told.moods:
            negative = sum(row.sentiment == "negative" for row in read)
            assert told.moods["negative"] == pytest.approx(negative / len(read))


def _check_done(found: Week, span: Span) -> None:
    sent = [row for row in Reply.objects.all() if row.sent_at and _in(row.sent_at, span)]
    told = [row for row in Told.objects.all() if _in(row.at, span)]
    out = [
        row for row in Revision.objects.all() if row.published_at and _in(row.published_at, span)
    ]
    assert found.done.replies == len(sent)
    assert found.done.people == len({row.conversation.person_id for row in sent})
    assert found.done.told == len({row.person_id for row in told})
    assert found.done.published == len(out)


def _check_waits(found: Week, span: Span) -> None:
    """Seconds of each, and whether an answer ended it before the week did."""
    seen: list[tuple[float, bool]] = []
    for talk in Conversation.objects.all():
        begun = [
            row.created_at
            for row in Mention.objects.filter(conversation=talk)
            if not row.ours and not row.deleted_at and _in(row.created_at, span)
        ]
        if not begun:
            continue
        first = min(begun)
        answers = [
            row.sent_at
            for row in Reply.objects.filter(conversation=talk)
            if row.sent_at and row.sent_at >= first
        ]
        ends = [row.at for row in Closure.objects.filter(conversation=talk) if row.at >= first]
        end = min([*answers, *ends, _end(span)])
        seen.append(((end - first).total_seconds(), end in answers))
    waited = found.done.waited
    if len(seen) < FEW:
        assert waited is None
        return
    assert waited is not None
    assert (waited.people, waited.answered) == (len(seen), sum(ended for _, ended in seen))
    for share in (0.5, 0.9):
        assert waited.until(share) == pytest.approx(_kaplan_meier(seen, share))


def _kaplan_meier(seen: list[tuple[float, bool]], share: float) -> float | None:
    """By the book: at each answer the share still waiting shrinks by those answered then."""
    left = 1.0
    for at in sorted({seconds for seconds, ended in seen if ended}):
        waiting = sum(seconds >= at for seconds, _ in seen)
        left *= 1 - sum(seconds == at and ended for seconds, ended in seen) / waiting
        if left <= 1 - share + 1e-12:
            return at
    return None


def _check_promised(found: Week, span: Span) -> None:
    rows: list[ToEverybody | Promise] = [*ToEverybody.objects.all(), *Promise.objects.all()]
    due = [row for row in rows if _in(row.due_at, span)]
    kept = sum(row.kept_at is not None and row.kept_at <= row.due_at for row in due)
    assert found.promised == board.Promised(kept, len(due) - kept, 0)


def test_what_is_asked_of_the_board_is_kept_by_week_and_masked() -> None:
    span = board.last_week()
    board.write(people.dan(), span, "Ring Rosa on 07700 900123 about the mast.")
    board.write(people.dan(), span, "A mast in Leeds; ring 07700 900123.")
    assert BoardNote.objects.get().text == "A mast in Leeds; ring [••• phone number]."
    assert board.note(span.earlier(1)) is None
    assert AuditLine.objects.filter(action="wrote what the board is asked for").count() == 2
    with pytest.raises(NotAllowedError):
        board.write(people.alice(), span, "More pay.")
