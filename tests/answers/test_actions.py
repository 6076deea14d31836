"""An answer from its first draft to the log: who may do what, and what never changes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rejoinder.answers import actions, editions, refusals
from rejoinder.answers.models import Answer, Leaf, Revision
from rejoinder.answers.words import Words
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.answers.newsroom import TEXT, opened, published, question, words, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

CAREFUL = "999 calls work on any network in reach."


def lines() -> list[str]:
    return list(AuditLine.objects.order_by("id").values_list("action", flat=True))


def test_alice_writes_and_dan_publishes() -> None:
    answer = opened("No signal in Yorkshire", question())

    revision = published(answer)

    assert (answer.slug, revision.number) == ("no-signal-in-yorkshire", 1)
    assert editions.current(answer) == revision
    assert editions.of_question(question()) == answer
    assert lines() == ["opened an answer", "wrote on an answer", "published an answer"]
    assert Change.objects.filter(topic="answers").count() == 3


def test_what_is_published_stays_and_the_next_revision_comes() -> None:
    answer = opened()
    first = published(answer)

    second = published(answer, TEXT.replace("13:00", "17:00"), what_changed="17:00, not 13:00.")

    assert Revision.objects.get(pk=first.pk).text == TEXT
    assert [row.number for row in editions.published(answer)] == [2, 1]
    assert editions.current(answer) == second
    for change in (
        lambda: actions.discard(first, people.alice()),
        lambda: actions.publish(first, people.dan()),
    ):
        with pytest.raises(refusals.CannotError, match="published"):
            change()


def test_the_next_revision_begins_with_the_words_that_are_public() -> None:
    answer = opened()
    published(answer, regulators="Ofcom, 12:05", material=True)

    draft = actions.begin(answer, people.bob())

    assert (draft.number, draft.text, draft.regulators) == (2, TEXT, "Ofcom, 12:05")
    assert (draft.what_changed, draft.material) == ("", False)
    assert actions.begin(answer, people.alice()) == draft
    with pytest.raises(refusals.CannotError, match="what changed"):
        actions.publish(draft, people.dan())


def test_a_careful_subject_asks_for_somebody_who_did_not_write_it() -> None:
    answer = opened()
    draft = written(answer, CAREFUL)
    assert actions.needs_second(draft) == ["emergency-calls"]

    with pytest.raises(refusals.SecondPersonError):
        actions.publish(draft, people.dan())
    with pytest.raises(refusals.CannotError, match="did not write"):
        actions.check(draft, people.alice())
    actions.check(draft, people.bob())

    revision = actions.publish(draft, people.dan())
    assert revision.checked_by == people.bob()
    assert revision.alone_why == ""


def test_whoever_wrote_a_part_of_it_is_no_second_person() -> None:
    answer = opened()
    draft = actions.write(answer, people.bob(), words(CAREFUL))
    draft = actions.write(answer, people.dan(), words(CAREFUL + " Try again."), seen=draft)

    assert not actions.may_check(draft, people.bob())
    assert not actions.may_check(draft, people.dan())
    assert actions.may_check(draft, people.olga())
    assert not actions.may_check(draft, people.ann())


def test_a_later_change_asks_for_another_reading() -> None:
    answer = opened()
    draft = written(answer, CAREFUL)
    clock.turn(timedelta(minutes=1))
    newer = written(answer, CAREFUL + " Or use a landline.")

    with pytest.raises(refusals.ChangedMeanwhileError):
        actions.check(draft, people.bob())
    actions.check(newer, people.bob())
    clock.turn(timedelta(minutes=1))
    newest = written(answer, CAREFUL)

    assert newest.checked_by is None
    with pytest.raises(refusals.ChangedMeanwhileError):
        actions.publish(newer, people.dan())
    with pytest.raises(refusals.SecondPersonError):
        actions.publish(newest, people.dan())


def test_alone_at_night_a_lead_publishes_and_says_why() -> None:
    draft = written(opened(), CAREFUL)

    revision = actions.publish(draft, people.dan(), alone_why="Nobody else is awake.")

    assert revision.alone_why == "Nobody else is awake."
    line = AuditLine.objects.get(action="published an answer")
    assert line.detail["alone"] == "Nobody else is awake."


def test_a_subject_may_be_ticked_that_no_word_gives_away() -> None:
    answer = opened()
    actions.tick(answer, ["data-breach", "nonsense"], people.alice())

    assert actions.needs_second(written(answer)) == ["data-breach"]


def test_two_who_write_at_once_lose_nothing() -> None:
    answer = opened()
    draft = written(answer)
    clock.turn(timedelta(seconds=5))
    actions.write(answer, people.bob(), words("Bob's words."), seen=draft)

    with pytest.raises(refusals.ChangedMeanwhileError, match="Bob"):
        actions.write(answer, people.alice(), words("Alice's words."), seen=draft)

    kept = editions.draft(answer)
    assert kept is not None
    assert kept.text == "Bob's words."


def test_keeping_the_same_words_changes_nothing() -> None:
    answer = opened()
    draft = written(answer, CAREFUL)
    actions.check(draft, people.bob())

    again = written(answer, CAREFUL)

    assert again.checked_by == people.bob()
    assert lines().count("wrote on an answer") == 1


def test_a_question_has_one_live_answer_and_needs_a_name() -> None:
    answer = opened("First", question())

    with pytest.raises(refusals.CannotError, match="has a public answer already"):
        opened("Second", question())
    assert Answer.objects.count() == 1
    nameless = question("x")
    nameless.name = ""
    with pytest.raises(refusals.CannotError, match="Name the question"):
        actions.cover(answer, nameless, people.alice())

    actions.uncover(answer, question(), people.alice())
    opened("Second", question())
    assert editions.of_question(question()) != answer


def test_a_withdrawn_answer_says_so_and_frees_its_question(monday: datetime) -> None:
    answer = opened("First", question())
    published(answer)

    with pytest.raises(refusals.CannotError, match="why"):
        actions.withdraw(answer, people.dan(), " ")
    actions.withdraw(answer, people.dan(), "It was about another network.")

    assert answer.withdrawn_at == monday
    assert editions.of_question(question()) is None
    assert Leaf.objects.count() == 2
    for change in (
        lambda: written(answer),
        lambda: actions.withdraw(answer, people.dan(), "again"),
        lambda: actions.cover(answer, question(), people.alice()),
    ):
        with pytest.raises(refusals.CannotError, match="withdrawn"):
            change()


def test_an_edition_in_another_language_is_stale_once_the_answer_moved_on() -> None:
    answer = opened()
    published(answer)
    draft = actions.begin(answer, people.bob(), "de")
    assert (draft.number, draft.follows, draft.language) == (1, 1, "de")
    german = published(answer, "Sieben von zehn.", language="de", follows=1)

    assert [(each.language, each.stale) for each in editions.editions(answer)] == [
        ("en-gb", False),
        ("de", False),
    ]
    newer = published(answer, TEXT + " Sorry.", what_changed="Sorry.")
    assert editions.is_stale(german, newer)
    assert [each.stale for each in editions.editions(answer)] == [False, True]


def test_addresses_are_told_apart() -> None:
    slugs = [opened(title).slug for title in ("No signal", "No signal", "Log", "日本", "feed")]

    assert slugs == ["no-signal", "no-signal-2", "log-2", "answer", "feed"]
    assert len({answer.code for answer in Answer.objects.all()}) == 5


@pytest.mark.parametrize(
    "bad",
    [
        Words(title="x" * 201),
        Words(title="x", text="x" * 20_001),
        Words(title="x", text="a\0b"),
        Words(title="x", short="\ud83d"),
    ],
)
def test_words_that_no_page_takes_are_refused(bad: Words) -> None:
    answer = opened()

    with pytest.raises(refusals.CannotError):
        actions.write(answer, people.alice(), bad)


@pytest.mark.parametrize("tag", ["2", "x", "de/../log", "DE", "de_DE", "deutsch", "../.."])
def test_what_is_no_language_has_no_edition(tag: str) -> None:
    answer = opened()
    published(answer)

    with pytest.raises(refusals.CannotError, match="Name a language"):
        actions.begin(answer, people.alice(), tag)


def test_an_answer_without_words_is_none() -> None:
    with pytest.raises(refusals.CannotError):
        opened("  ")
    with pytest.raises(refusals.CannotError, match="text"):
        actions.publish(written(opened(), " "), people.dan())


def test_rights_decide() -> None:
    answer = opened()
    draft = written(answer)
    refused: list[Callable[[], object]] = [
        lambda: actions.open_answer(people.ann(), "x"),
        lambda: actions.write(answer, people.ann(), words()),
        lambda: actions.check(draft, people.ann()),
        lambda: actions.cover(answer, question(), people.charlie()),
        lambda: actions.tick(answer, [], people.charlie()),
        lambda: actions.publish(draft, people.alice()),
        lambda: actions.withdraw(answer, people.alice(), "why"),
        lambda: actions.discard(draft, people.ann()),
    ]

    for attempt in refused:
        with pytest.raises(NotAllowedError):
            attempt()
    actions.discard(draft, people.bob())
    assert editions.draft(answer) is None
