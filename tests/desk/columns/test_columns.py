"""Each kind of column lists what it says, at the same few queries however many wait."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.desk import actions, tags
from rejoinder.desk.columns import arranging
from rejoinder.desk.columns.rows import filled
from rejoinder.desk.columns.rules import LINES, LONG, MOST, SHORT, Kind, lines
from rejoinder.desk.models import Column, ColumnSet
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Caught, Conversation, Mention, Need, Question, Watch
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor, AuditLine
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def names(kind: Kind, value: str = "", who: Advisor | None = None, **more: str) -> list[str]:
    """Whom a column lists, in its order."""
    reader = who or people.alice()
    made = arranging.make(reader, "Mine", [(kind, value)])
    made.column_set.update(**more)
    (found,) = filled(reader, list(made.column_set.all()))
    return [row.conversation.person.name for row in found.rows]


def three() -> list[Conversation]:
    return [
        stage.says("Tom", "no signal", minutes_ago=9),
        stage.says("Tina", "999 just beeps", minutes_ago=1, need=Need.URGENT),
        stage.says("Rosa", "my bill", minutes_ago=20, channel="email", public=False),
    ]


def test_the_lists_of_the_desk() -> None:
    tom, _tina, rosa = three()
    assert names(Kind.QUEUE) == ["Tina", "Rosa", "Tom"]
    actions.take(tom, people.alice())
    assert names(Kind.MINE) == ["Tom"]
    assert names(Kind.MINE, who=people.bob()) == []
    assert names(Kind.UNASSIGNED) == ["Tina", "Rosa"]
    assert names(Kind.PRIVATE) == ["Rosa"]
    actions.take(rosa, people.bob())
    assert names(Kind.PRIVATE) == ["Rosa"]
    actions.answer(tom, people.alice(), "We look at it.")
    assert names(Kind.SCHEDULED) == ["Tom"]


def test_those_of_one_account_channel_tag_watch_question_and_search() -> None:
    tom, _tina, _rosa = three()
    assert tom.account is not None
    assert names(Kind.ACCOUNT, str(tom.account.public_id)) == ["Tina", "Tom"]
    assert names(Kind.CHANNEL, "email") == ["Rosa"]
    tag = tags.keep(people.dan(), "Roaming")
    tags.put(tom, people.alice(), "Roaming")
    assert names(Kind.TAG, str(tag.pk)) == ["Tom"]
    said, now = Mention.objects.get(conversation=tom), clock.now()
    watch = Watch.objects.create(
        name="Signal", words="signal", created_by=people.dan(), created_at=now
    )
    Caught.objects.create(watch=watch, mention=said, at=now)
    assert names(Kind.WATCH, str(watch.pk)) == ["Tom"]
    question = Question.objects.create(name="No signal", first_at=now, last_at=now)
    Mention.objects.filter(pk=said.pk).update(question_id=question.pk)
    assert names(Kind.QUESTION, str(question.pk)) == ["Tom"]
    assert names(Kind.SEARCH, "bill") == ["Rosa"]


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.TAG, Kind.WATCH, Kind.QUESTION, Kind.AREA])
@pytest.mark.parametrize("value", ["x", "0", "-1", "9" * 40, "٣", "'; DROP TABLE"])
def test_what_names_nothing_lists_nothing(kind: Kind, value: str) -> None:
    three()
    assert names(kind, value) == []


def test_a_filter_and_what_is_muted() -> None:
    three()
    assert names(Kind.QUEUE, words="signal\n999") == ["Tina", "Tom"]
    assert names(Kind.QUEUE, muted="bill") == ["Tina", "Tom"]
    assert names(Kind.QUEUE, words="tom") == ["Tom"]


def test_many_columns_cost_little_more_than_one_and_nothing_as_people_come() -> None:
    kinds = [(Kind.QUEUE, "")] * MOST
    made = arranging.make(people.alice(), "Wall", kinds)
    columns = list(made.column_set.all())

    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            found = filled(people.alice(), columns)
        assert len(found) == MOST
        return len(counted)

    stage.says("Tom", "no signal")
    one = cost()
    for number in range(LONG + 5):
        stage.says(f"Person {number}", "no signal", minutes_ago=number)
    assert cost() == one <= MOST + 15
    (first, *_others) = filled(people.alice(), columns)
    assert (len(first.rows), first.more) == (SHORT, True)


def test_who_may_not_read_sees_nothing() -> None:
    three()
    made = arranging.make(people.alice(), "Mine", [(Kind.QUEUE, "")])
    (found,) = filled(people.ann(), list(made.column_set.all()))
    assert found.rows == ()
    with pytest.raises(access.NotAllowedError):
        arranging.first(people.ann())


def test_columns_are_arranged_by_their_owner_alone() -> None:
    made = arranging.first(people.alice())
    assert arranging.first(people.alice()) == made
    order = [column.kind for column in made.column_set.order_by("place")]
    assert order == ["queue", "mine", "private"]
    last = made.column_set.get(kind="private")
    arranging.move(people.alice(), last, 0)
    assert [each.kind for each in made.column_set.order_by("place")] == ["private", "queue", "mine"]
    arranging.change(people.alice(), last, words="Bill", muted="", width="huge")
    last.refresh_from_db()
    assert (last.words, last.width) == ("bill", "usual")
    arranging.take_away(people.alice(), last)
    added = arranging.add(people.alice(), made, "search", " no signal ")
    assert added.value == "no signal"
    for attempt in (
        lambda: arranging.add(people.bob(), made, "mine", ""),
        lambda: arranging.move(people.bob(), added, 0),
        lambda: arranging.take_away(people.bob(), added),
        lambda: arranging.share(people.bob(), made, shared=True),
        lambda: arranging.remove(people.bob(), made),
        lambda: arranging.copy(people.bob(), made),
        lambda: arranging.add(people.alice(), made, "search", "  "),
        lambda: arranging.add(people.alice(), made, "mine", "x"),
        lambda: arranging.add(people.alice(), made, "weather", ""),
        lambda: arranging.make(people.alice(), "  ", []),
    ):
        with pytest.raises(CannotError):
            attempt()


def test_a_shared_set_is_seen_and_copied_and_changed_by_nobody_else() -> None:
    made = arranging.make(people.alice(), "Leak", [(Kind.SEARCH, "leak")])
    assert arranging.sets(people.bob()) == []
    arranging.share(people.alice(), made, shared=True)
    assert arranging.sets(people.bob()) == [made]
    own = arranging.copy(people.bob(), made)
    assert arranging.sets(people.bob()) == [own, made]
    arranging.add(people.bob(), own, "mine", "")
    assert made.column_set.count() == 1
    arranging.share(people.alice(), made, shared=False)
    assert arranging.sets(people.bob()) == [own]
    assert AuditLine.objects.filter(action="shared a set of columns").count() == 1
    arranging.remove(people.alice(), made)
    assert list(ColumnSet.objects.all()) == [own]
    assert Column.objects.count() == 2


def test_sets_and_columns_are_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "SETS", 1)
    made = arranging.make(people.alice(), "One", [(Kind.QUEUE, "")] * (MOST + 4))
    assert made.column_set.count() == MOST
    with pytest.raises(CannotError, match="the most"):
        arranging.add(people.alice(), made, "mine", "")
    with pytest.raises(CannotError, match="already"):
        arranging.make(people.alice(), "Two", [])


def test_what_is_put_aside_is_on_hold_and_what_was_sent_is_sent() -> None:
    tom, tina, _rosa = three()
    Conversation.objects.filter(pk=tom.pk).update(
        kept_back="later", kept_until=clock.now() + timedelta(hours=1)
    )
    assert names(Kind.ON_HOLD) == ["Tom"]
    actions.take(tina, people.alice())
    reply = actions.answer(tina, people.alice(), "We are on it.")
    type(reply).objects.filter(pk=reply.pk).update(state="sent", sent_at=clock.now())
    assert names(Kind.SENT) == ["Tina"]


def test_many_columns_have_fewer_lines_each() -> None:
    assert [lines(columns) for columns in (0, 1, 8, 10, MOST)] == [LONG, LONG, LONG, 20, SHORT]
    assert all(lines(columns) * columns <= LINES for columns in range(1, LINES // SHORT + 1))
