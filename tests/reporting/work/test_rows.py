"""The desk's work from rows strewn by chance: every figure again, by brute force."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from rejoinder.answers.models import Answer, Covered, Revision, Told, Visit
from rejoinder.budget.models import Allowance, Spend
from rejoinder.budget.rules import KEPT
from rejoinder.crisis.models import Crisis, Did, Entry, Promise
from rejoinder.crisis.report.gather import gather
from rejoinder.crisis.report.record import Kept, tally
from rejoinder.desk.models import Closure, Handover
from rejoinder.listening.models import Conversation, Mention, Need, Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.reporting.few import FEW
from rejoinder.reporting.work import answers, spent, team
from rejoinder.reporting.work.back import back
from rejoinder.reporting.zone import zone
from rejoinder.team.models import Hours
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DAY = timedelta(days=1)
WEEK = 7 * DAY


class House:
    """Four weeks of rows."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = clock.now()
        self.questions = [
            Question.objects.create(name=name, first_at=self.now, last_at=self.now)
            for name in ("When is 4G back?", "Is my data safe?", "How do I pay?", "Asked by few?")
        ]
        for ago in sorted((self.ago() for _ in range(220)), reverse=True):
            self.wrote(ago)
        self.talks = list(Conversation.objects.all())
        for _ in range(80):
            self.replied()
        for _ in range(30):
            self.handed()
        self.answered()

    def ago(self) -> timedelta:
        return timedelta(days=self.chance.uniform(0, 28))

    def wrote(self, ago: timedelta) -> None:
        which = self.chance.choice([*self.questions[:3], None])
        stage.says(
            f"Person {self.chance.randrange(50)}",
            "words",
            minutes_ago=ago / timedelta(minutes=1),
            need=self.chance.choice([Need.URGENT, Need.SPECIFIC, Need.COMMON, Need.VENT]),
            thread=f"at://{self.chance.randrange(60)}",
            question_id=which.pk if which else None,
            sentiment=self.chance.choice(["negative", "neutral", "positive", ""]),
            ours=self.chance.random() < 0.05,
            deleted_at=self.now if self.chance.random() < 0.05 else None,
        )
        Mention.objects.filter(need=None).update(need=self.chance.choice([0, 1, 2, 3, 5]))

    def replied(self) -> None:
        talk = self.chance.choice(self.talks)
        sent = self.chance.random() < 0.8
        at = self.now - self.ago()
        Reply.objects.create(
            conversation=talk,
            mention=Mention.objects.filter(conversation=talk).latest("pk"),
            account=self.chance.choice([stage.account(), stage.account("other.example")]),
            advisor=people.alice(),
            text="We are on it.",
            state=State.SENT if sent else State.REFUSED,
            key=str(uuid4()),
            written_at=at,
            due_at=at,
            sending_at=at,
            sent_at=at if sent else None,
        )

    def handed(self) -> None:
        at = self.now - self.ago()
        talk = self.chance.choice(self.talks)
        due = at + timedelta(hours=self.chance.uniform(1, 90))
        Handover.objects.create(
            conversation=talk,
            giver=people.alice(),
            taker=people.bob(),
            at=at,
            due_at=due if self.chance.random() < 0.7 else None,
        )
        if self.chance.random() < 0.5:
            Closure.objects.create(
                conversation=talk, advisor=people.bob(), at=self.now - self.ago(), why="solved"
            )

    def answered(self) -> None:
        for number, question in enumerate(self.questions[:2]):
            answer = Answer.objects.create(
                slug=f"a{number}",
                code=f"c{number}",
                opened_by=people.dan(),
                opened_at=self.now - 40 * DAY,
            )
            Covered.objects.create(
                answer=answer, question=question, since=self.now - (30 - number) * DAY
            )
            for at in range(1, 4):
                revision = Revision.objects.create(
                    answer=answer,
                    language="en-gb",
                    number=at,
                    title=f"Title {number}.{at}",
                    text="Soon.",
                    written_by=people.dan(),
                    written_at=self.now - 40 * DAY,
                    published_at=self.now - (16 - 3 * at) * DAY,
                )
                for _ in range(self.chance.randrange(12)):
                    talk = self.chance.choice(self.talks)
                    Told.objects.create(
                        revision=revision,
                        person=talk.person,
                        conversation=talk,
                        at=self.now - self.ago(),
                    )
            for back_ in range(28):
                Visit.objects.create(
                    answer=answer,
                    day=(self.now - back_ * DAY).date(),
                    count=self.chance.randrange(9),
                )


@pytest.fixture(params=[1, 2, 3])
def house(request: pytest.FixtureRequest) -> House:
    return House(request.param)


def counts(each: Mention) -> bool:
    return not each.ours and each.copy_of is None and each.deleted_at is None


def test_load(house: House) -> None:
    begins = house.now - 14 * DAY
    heard = [each for each in Mention.objects.all() if counts(each)]
    found = team.load(begins, house.now)
    assert not found.rota
    assert found.gaps == []
    for row in found.hours:
        slots: dict[object, set[int]] = {}
        for each in heard:
            local = each.created_at.astimezone(zone())
            if begins <= each.created_at < house.now and local.hour == row.hour:
                slots.setdefault(local.date(), set()).add(each.person_id)
        ever = set().union(*slots.values()) if slots else set()
        if 0 < len(ever) < FEW:
            assert row.people is None
        else:
            assert row.people == pytest.approx(sum(map(len, slots.values())) / row.days)
            assert row.over == len(slots)


def test_hours_on_duty_are_capacity_and_the_rest_are_gaps(house: House) -> None:
    week = [[[9 * 60, 17 * 60]]] * 5 + [[], [], []]
    Hours.objects.create(advisor=people.alice(), week=week, pace=6, changed_at=house.now - 60 * DAY)
    begins = house.now - 14 * DAY
    found = team.load(begins, house.now)
    assert found.rota
    assert sum(row.can_help * row.days for row in found.hours) == pytest.approx(10 * 8 * 6)
    heard = [each for each in Mention.objects.all() if counts(each)]
    for gap in found.gaps:
        inside = {e.person_id for e in heard if gap.begins <= e.created_at < gap.ends}
        assert gap.people == len(inside) >= FEW


def test_handovers(house: House) -> None:
    begins = house.now - 21 * DAY
    found = team.handovers(begins, house.now, house.now)
    rows = list(Handover.objects.filter(at__gte=begins).select_related("conversation"))
    assert [row.need for row in found] == sorted({each.conversation.need for each in rows})
    for row in found:
        mine = [each for each in rows if each.conversation.need == row.need]
        if len({each.conversation.person_id for each in mine}) < FEW:
            assert row.handovers is None
            continue
        kept = 0
        for each in mine:
            talk = each.conversation
            ends = [r.sent_at for r in talk.reply_set.all() if r.state == State.SENT and r.sent_at]
            ends += [c.at for c in talk.closure_set.all()]
            kept += any(each.due_at and each.at <= at <= each.due_at for at in ends)
        assert (row.handovers, row.kept) == (len(mine), kept)
        assert row.dated == sum(each.due_at is not None for each in mine)


def test_answers_are_viewed_told_and_missing(house: House) -> None:
    begins = house.now - 10 * DAY
    found = answers.used(begins, house.now)
    assert {each.title for each in found} == {"Title 0.3", "Title 1.3"}
    for each in found:
        days = Visit.objects.filter(answer=each.answer, day__gte=begins.date())
        assert each.views == sum(day.count for day in days)
        told = {
            row.person_id
            for row in Told.objects.filter(revision__answer=each.answer)
            if row.at >= begins
        }
        assert each.told == (None if 0 < len(told) < FEW else len(told))

    open_ = {each.question.name: each.people for each in answers.uncovered(begins, house.now)}
    asked = {
        each.person_id
        for each in Mention.objects.filter(question_id=house.questions[2].pk)
        if counts(each) and each.created_at >= begins
    }
    assert open_ == ({"How do I pay?": len(asked)} if len(asked) >= FEW else {})


def test_moods_turn_at_the_first_revision_that_was_public(house: House) -> None:
    found = {each.question.pk: each for each in answers.turned(house.now - 20 * DAY, house.now)}
    assert set(found) == {each.pk for each in house.questions[:2]}
    for question, each in found.items():
        assert each.at == house.now - 13 * DAY
        last: dict[int, str] = {}
        for said in Mention.objects.filter(question_id=question).order_by("created_at"):
            if counts(said) and said.sentiment and each.at - WEEK <= said.created_at < each.at:
                last[said.person_id] = said.sentiment
        before = each.mood.before
        if len(last) < FEW:
            assert before is None
        else:
            assert before is not None
            assert (before.people, before.many) == (
                len(last),
                sum(mood == "negative" for mood in last.values()),
            )


def test_who_asked_again(house: House) -> None:
    begins, ends = house.now - 25 * DAY, house.now - WEEK
    first: dict[int, Reply] = {}
    sent = Reply.objects.filter(state=State.SENT).order_by("sent_at")
    for each in sent.select_related("conversation"):
        if each.sent_at and begins <= each.sent_at < ends:
            first.setdefault(each.conversation.person_id, each)
    needs: dict[int, list[bool]] = {}
    for person, reply in first.items():
        at = reply.sent_at or ends
        again = [
            each
            for each in Mention.objects.filter(person=person)
            if counts(each)
            and each.need in (Need.URGENT, Need.SPECIFIC, Need.COMMON)
            and at < each.created_at <= at + WEEK
        ]
        needs.setdefault(reply.conversation.need, []).append(bool(again))
    found = back(begins, ends, house.now)
    assert set(found) == set(needs)
    for need, told in found.items():
        if len(needs[need]) < FEW:
            assert told is None
        else:
            assert told is not None
            assert (told.many, told.people) == (sum(needs[need]), len(needs[need]))


def test_replies_and_refusals_by_account(house: House) -> None:
    begins = house.now - 9 * DAY
    found = {
        each.account.pk: (each.sent, each.refused) for each in spent.replies(begins, house.now)
    }
    for account, (sent, refused) in found.items():
        mine = [r for r in Reply.objects.filter(account=account) if r.written_at >= begins]
        assert sent == sum(r.state == State.SENT for r in mine)
        assert refused == sum(r.state == State.REFUSED for r in mine)


def test_what_was_spent_by_unit_with_money_first_and_no_conversation_twice() -> None:
    account, now = stage.account(), clock.now()
    for holder, unit, cost in (
        (f"account:{account.pk}", "posts", 1_000_000),
        (f"account:{account.pk}", "dollars", 15_000),
        ("app:x", "posts", 1_000_000),
        (f"conversation:{account.pk}:7", "posts", 1_000_000),
    ):
        whose = Allowance.objects.create(holder=holder, unit=unit, guard=timedelta(0))
        for at in range(4):
            Spend.objects.create(
                allowance=whose, at=now - at * DAY, cost=cost, total=(4 - at) * cost
            )
    found = spent.units(now - 2 * DAY, now)
    told = [(each.account, each.channel, each.unit, each.spent, each.uses) for each in found]
    assert told == [
        (account, "", "dollars", 0.03, 2),
        (account, "", "posts", 2.0, 2),
        (None, "x", "posts", 2.0, 2),
    ]
    assert spent.known(now - KEPT, now)
    assert not spent.known(now - KEPT - DAY, now)


def test_crises_say_what_their_reports_say() -> None:
    now, dan = clock.now(), people.dan()
    for ago in (20, 10):
        began = now - ago * DAY
        crisis = Crisis.objects.create(
            name=f"Leak {ago}",
            began_at=began,
            declared_at=began + timedelta(minutes=9),
            declared_by=dan,
            reserve=0.2,
            askers=9,
            tone="calm",
            policy_at=began,
            stood_down_at=began + DAY,
        )
        if ago == 20:
            Entry.objects.create(
                crisis=crisis,
                at=began + timedelta(minutes=41),
                noted_at=began,
                by=dan,
                did=Did.STATED,
            )
        for due, kept in ((1, 1), (2, 3), (3, None), (40, None)):
            Promise.objects.create(
                crisis=crisis,
                words="An update",
                made_at=began,
                made_by=dan,
                keeper=dan,
                due_at=began + timedelta(hours=due),
                kept_at=began + timedelta(hours=kept) if kept else None,
            )
    found = team.crises()
    assert [each.crisis.name for each in found] == ["Leak 10", "Leak 20"]
    for each in found:
        record = gather(each.crisis)
        assert each.until_stated == record.moments.until_stated
        promises = [Kept("", "", row.due_at, row.kept_at) for row in record.promises]
        assert (each.kept, each.broken) == tally(promises, record.until)[:2] == (1, 2)
