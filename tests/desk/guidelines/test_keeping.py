"""Rules in versions: who writes, who comments, and what two writers at once see."""

import pytest

from rejoinder.desk import speaking
from rejoinder.desk.guidelines import keeping, standing, starters
from rejoinder.desk.guidelines.words import Words
from rejoinder.desk.models import Guideline, GuidelineComment, GuidelineVersion
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SORRY = Words("Say sorry once", cues="any inconvenience", instead="this")


def test_a_rule_is_written_and_written_anew_and_nothing_is_lost() -> None:
    first = keeping.write(people.dan(), SORRY)
    again = keeping.write(people.dan(), SORRY, first.guideline, seen=1)
    assert again == first
    second = keeping.write(people.olga(), Words("Say sorry plainly"), first.guideline, seen=1)
    assert (second.number, second.writer) == (2, people.olga())
    (shown,) = standing.standing()
    assert (shown.now, list(shown.earlier)) == (second, [first])
    assert standing.rules() == []
    assert AuditLine.objects.filter(action="wrote a guideline").count() == 2


def test_of_two_writers_the_later_reads_first() -> None:
    first = keeping.write(people.dan(), SORRY)
    keeping.write(people.dan(), Words("Another"), first.guideline, seen=1)
    with pytest.raises(CannotError, match="version 2 meanwhile"):
        keeping.write(people.olga(), Words("Mine"), first.guideline, seen=1)
    assert GuidelineVersion.objects.count() == 2


def test_a_retired_rule_holds_no_more_and_is_kept() -> None:
    first = keeping.write(people.dan(), SORRY)
    keeping.retire(people.dan(), first.guideline)
    assert (standing.current(), standing.standing(), standing.rules()) == ([], [], [])
    assert GuidelineVersion.objects.get() == first
    with pytest.raises(CannotError, match="retired"):
        keeping.write(people.dan(), Words("Again"), first.guideline, seen=1)


def test_everybody_who_writes_comments_and_leads_settle() -> None:
    version = keeping.write(people.dan(), SORRY)
    said = keeping.comment(people.tess(), version, "Tom on 07700 900123 laughed at it")
    assert "900123" not in said.text
    with pytest.raises(CannotError, match="what you think"):
        keeping.comment(people.alice(), version, "  ")
    for attempt in (
        lambda: keeping.comment(people.ann(), version, "hm"),
        lambda: keeping.settle(people.alice(), said),
        lambda: keeping.write(people.alice(), SORRY),
        lambda: keeping.retire(people.alice(), version.guideline),
        lambda: starters.begin(people.alice()),
    ):
        with pytest.raises(access.NotAllowedError):
            attempt()
    keeping.settle(people.dan(), said)
    assert GuidelineComment.objects.get().settled_by == people.dan()


def test_a_title_is_needed() -> None:
    with pytest.raises(CannotError, match="title"):
        keeping.write(people.dan(), Words("  ", text="much"))
    assert not Guideline.objects.exists()


def test_the_starters_are_written_once() -> None:
    assert starters.begin(people.dan()) == 5
    assert starters.begin(people.dan()) == 0
    assert len(standing.current()) == 5


def test_a_reply_that_uses_such_a_word_gets_a_hint() -> None:
    keeping.write(people.dan(), SORRY)
    tom = stage.says("Tom", "no signal")
    (hint,) = speaking.hints(tom, "Sorry for any inconvenience caused by it.")
    assert (hint.kind, hint.title, hint.instead) == ("own", "Say sorry once", "this")


def test_the_page_costs_the_same_however_many_rules(django_assert_num_queries: object) -> None:
    for number in range(12):
        version = keeping.write(people.dan(), Words(f"Rule {number}"))
        keeping.comment(people.alice(), version, "good")
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's fixture
        standing.standing()
