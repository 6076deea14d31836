"""Where nearly everybody reads like urgent, few are; a danger of one's own always is."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening import read
from rejoinder.listening.careful.crowd import FEW, LAST, SHARE, Crowd, one_of, yields_to_many
from rejoinder.listening.careful.reader import Reader
from rejoinder.listening.models import Mention, Need, Question, ReadWith
from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.words import Because, Confidence, Reading
from rejoinder.listening.read.words import Need as NeedName
from tests.listening.careful.test_reader import heard
from tests.scene import last

LEAK = "are you sending my mobile number to every website I visit"
DANGER = "I dialled 999 for my father and it did not go through"


def urgent(chance: float, *codes: str, calm: NeedName = "common") -> Reading:
    return Reading(
        lang="en",
        sentiment="negative",
        intent="privacy",
        need="urgent",
        calm=calm,
        abuse=False,
        strong=False,
        sarcasm=False,
        safety=None,
        personal=(),
        confidence=Confidence(1.0, 1.0, 1.0, chance),
        why=tuple(Because(code) for code in codes),
        tier="careful",
    )


def test_in_quiet_times_nobody_is_calmed() -> None:
    some = [urgent(0.12, "like-urgent") for _ in range(FEW)]

    assert Crowd().take(some) == some


def test_from_its_first_minutes_on_few_are_urgent_by_resemblance() -> None:
    """Twenty of the first fifty read like urgent: the likeliest ten stay."""
    calm = [msgspec.structs.replace(urgent(0.1), need="common")] * 30
    read_ = Crowd().take([*calm, *(urgent(n / 100, "like") for n in range(20, 40))])

    stay = [one.confidence.need for one in read_ if one.need == "urgent"]
    assert stay == [n / 100 for n in range(30, 40)]


@given(st.lists(st.floats(0.1, 1), min_size=1, max_size=30), st.integers(0, 2**32))
def test_of_many_no_more_than_the_share_stay_urgent(batch: list[float], seed: int) -> None:
    crowd = Crowd()
    rows = [urgent((n * 7919 + seed) % 1000 / 1000, "like-urgent") for n in range(LAST)]
    crowd.take(rows)

    now = crowd.take([urgent(chance, "like-urgent") for chance in batch])
    least = min((one.confidence.need for one in now if one.need == "urgent"), default=None)
    calmed = [one for one in now if one.need != "urgent"]
    assert all(one.why[0].code == "one-of-many" for one in calmed)
    assert least is None or all(one.confidence.need <= least for one in calmed)
    crowd.take([urgent(0.0, "like-urgent")] * LAST)


def test_the_share_holds_over_a_morning() -> None:
    crowd = Crowd()
    stays = 0
    for start in range(0, 5_000, 50):
        rows = [urgent(((start + n) * 7919) % 997 / 997, "like-urgent") for n in range(50)]
        read_ = crowd.take(rows)
        stays += sum(one.need == "urgent" for one in read_) if start >= LAST else 0

    assert stays <= (SHARE + 0.02) * 4_500


@pytest.mark.parametrize("code", GRADES)
def test_a_danger_of_ones_own_is_never_calmed_by_the_crowd(code: str) -> None:
    crowd = Crowd()
    crowd.take([urgent(0.9, "like-urgent")] * LAST)
    mine = urgent(0.1, code)

    assert crowd.take([mine]) == [mine]
    assert yields_to_many([code], None) == (code == "exposed")
    assert (one_of(mine, 12) == mine) == (code != "exposed")


def test_a_card_that_was_opened_keeps_it_urgent() -> None:
    assert not yields_to_many(["like-urgent"], "stalking")


def test_who_asks_what_many_ask_opens_no_card_by_resemblance_alone() -> None:
    alike = msgspec.structs.replace(urgent(0.3, "like-urgent"), safety="domestic-abuse")
    said = msgspec.structs.replace(alike, why=(Because("domestic-abuse", "he hits me"),))

    assert (one_of(alike, 12).need, one_of(alike, 12).safety) == ("common", None)
    assert one_of(said, 12) == said


def test_the_calm_need_is_what_it_would_be() -> None:
    found = read.careful([LEAK, DANGER, "I love your shop"])

    assert all(one.calm != "urgent" for one in found)
    assert found[2].calm == found[2].need
    assert found[1].need == "urgent"


@pytest.mark.django_db
def test_what_many_ask_is_no_longer_urgent_by_itself(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    talks = [heard(f"Tina {n}", LEAK if n % 2 else f"{LEAK}, please") for n in range(9)]
    danger = heard("Tom", DANGER)
    reader.read_more()
    few = Mention.objects.filter(need=Need.URGENT).count()

    heard("Rosa", LEAK)
    heard("Moira", LEAK)
    reader.read_more()
    question = Question.objects.order_by("-people").first()
    assert question is not None
    assert question.people >= 10
    asked = [talk for talk in talks if last(talk).question_id == question.pk]
    assert len(asked) >= 5
    for talk in asked:
        talk.refresh_from_db()
        assert (last(talk).need, talk.need) != (Need.URGENT, Need.URGENT)
        assert last(talk).need != Need.URGENT
    danger.refresh_from_db()
    assert danger.need == Need.URGENT
    assert few >= 1
    assert set(Mention.objects.values_list("read_with", flat=True)) == {ReadWith.CAREFUL}
