"""Questions are proposed, and a person names them; every naming is a label."""

from datetime import UTC, datetime

import pytest

from rejoinder.listening import questions
from rejoinder.listening.models import Correction, Question
from rejoinder.listening.questions import Asked
from rejoinder.team.access import NotAllowedError
from tests.people import alice, ann
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def asked(name: str, people: int = 7, *, provisional: bool = True, many: int = 2) -> Question:
    talks = [wrote(f"Tom{n}", "when is the signal back in Leeds?") for n in range(many)]
    questions.keep([Asked(last(talk).pk, name, provisional, AT) for talk in talks], {name: people})
    row = Question.objects.filter(provisional=name).first()
    return row or Question.objects.get(name=name)


def test_a_question_is_proposed_once_enough_people_ask() -> None:
    asked("new-1", people=3)
    assert not questions.proposed(alice()).exists()
    asked("new-1", people=6)
    assert [q.people for q in questions.proposed(alice())] == [6]
    assert not questions.proposed(ann()).exists()  # who may not read


def test_a_person_names_it_and_the_matcher_gets_the_label() -> None:
    question = asked("new-1")
    questions.name(question, alice(), "  Signal back   in Leeds? ")
    assert not questions.proposed(alice()).exists()
    assert [q.name for q in questions.named(alice())] == ["Signal back in Leeds?"]
    label = Correction.objects.get(field="question")
    assert (label.was, label.now, label.advisor) == ("new-1", "Signal back in Leeds?", alice())
    assert label.mention_id in {mention.pk for mention in questions.asking(question, alice())}


def test_the_name_of_another_joins_the_two() -> None:
    first = questions.name(asked("new-1", people=9), alice(), "Signal")
    second = questions.name(asked("new-2", people=5), alice(), "Signal")
    assert second == first
    assert second.people == 14
    assert len(questions.asking(first, alice())) == 4
    assert not questions.proposed(alice()).exists()
    assert Correction.objects.filter(was="new-2", now="Signal").exists()


@pytest.mark.parametrize("given", ["", "   ", "new-3"])
def test_a_name_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(questions.CannotError):
        questions.name(asked("new-1"), alice(), given)
    with pytest.raises(NotAllowedError):
        questions.name(asked("new-1"), ann(), "Signal")


def test_what_is_no_question_is_not_proposed_again() -> None:
    question = asked("new-1")
    questions.dismiss(question, alice())
    asked("new-1", people=20)
    assert not questions.proposed(alice()).exists()


def test_an_advisor_says_what_a_mention_asks() -> None:
    kept = questions.name(asked("new-1"), alice(), "Signal")
    mention = last(wrote("Tina", "is it down"))
    questions.asks(mention, alice(), "Signal")
    mention.refresh_from_db()
    kept.refresh_from_db()
    assert (mention.question_id, kept.people) == (kept.pk, 8)
    with pytest.raises(questions.CannotError, match="No question is called"):
        questions.asks(mention, alice(), "Bills")


def test_a_name_learned_elsewhere_becomes_a_question() -> None:
    assert asked("Money back", provisional=False).name == "Money back"


def test_a_change_is_said() -> None:
    kept = questions.name(asked("new-1"), alice(), "Signal")
    questions.changed("Signal", "compensation, refund")
    kept.refresh_from_db()
    assert kept.changed_at is not None
    assert kept.change == "compensation, refund"
