"""Days so small that everybody can see what they are worth at most."""

from dataclasses import fields, replace
from typing import Literal

import numpy as np
import pytest
from msgspec.structs import replace as other

from rejoinder.drill.day import Day
from rejoinder.drill.hindsight import bound
from rejoinder.drill.limits import Limit
from rejoinder.drill.world import Channel, Question, Shift
from tests.drill.hindsight.stage import COMMON, NOON, SPECIFIC, URGENT, of, small


def test_an_answer_in_time_is_worth_all_of_it() -> None:
    assert bound(small(), of((NOON, URGENT, 60, 300))) == pytest.approx(10)


def test_an_answer_after_the_hour_is_worth_half() -> None:
    assert bound(small(), of((NOON, URGENT, 60, 3_601))) == pytest.approx(5)


def test_who_waits_for_the_desk_to_open_is_answered_then() -> None:
    opens = (Shift(from_h=13, to_h=24, advisors=1),)
    patient, quick = (NOON, URGENT, 4_000, 60), (NOON, URGENT, 3_599, 60)
    assert bound(small(shifts=opens), of(patient, quick)) == pytest.approx(5)


def test_one_post_goes_where_it_is_worth_most() -> None:
    once = (Limit("x", "a day", 1, 86_400),)
    day = of((NOON, COMMON, 9_000, 60), (NOON, URGENT, 9_000, 60), (NOON, SPECIFIC, 9_000, 60))
    assert bound(small(limits=once), day) == pytest.approx(10)


def test_one_advisor_does_one_thing_at_a_time() -> None:
    hurried = of(*[(NOON, URGENT, 600, 600)] * 2)
    assert bound(small(), hurried) == pytest.approx(20)  # the second begins at the last moment
    three = of(*[(NOON, URGENT, 599, 600)] * 3)
    assert bound(small(), three, bucket_s=100) < 25


def test_the_last_shift_ends_what_is_in_hand_and_no_more() -> None:
    before = 86_400.0 - 60
    assert bound(small(), of(*[(before, URGENT, 900, 300)] * 3)) == pytest.approx(10, rel=0.25)


@pytest.mark.parametrize("alignment", ["sliding", "fixed"])
def test_the_end_of_the_day_is_no_way_around_its_limit(
    alignment: Literal["sliding", "fixed"],
) -> None:
    day = of(*[(80_000.0 + n, COMMON, 20_000, 60) for n in range(40)])
    ten = small(limits=(Limit("x", "a day", 10, 86_400, alignment),))
    assert bound(ten, day) <= 12  # one reply is in hand when the next day's limit begins


def test_a_public_answer_pays_for_its_post_and_spares_the_rest() -> None:
    asked = [(NOON + 900 * n, COMMON, 3_600, 60) for n in range(6)]
    day = replace(of(*asked, question=0), sees=np.ones(6, dtype=bool))
    two = small(questions=(Question(begins_h=0, weight=1),), limits=(Limit("x", "a day", 2, 9e4),))
    assert bound(two, day) == pytest.approx(6)
    one = other(two, limits=(Limit("x", "a day", 1, 86_400),))
    assert bound(one, day) == pytest.approx(6)
    assert bound(other(one, limits=(Limit("x", "a day", 0, 86_400),)), day) == pytest.approx(0)


def test_money_binds_as_a_limit_does() -> None:
    paid = small(channels=(Channel(name="x", share=1, price=0.5),), money_a_day=1.2)
    assert bound(paid, of(*[(NOON, SPECIFIC, 9_000, 60)] * 4)) == pytest.approx(7.2)
    assert bound(other(paid, money_a_day=0.0), of((NOON, URGENT, 90, 60))) == pytest.approx(0)


def test_nobody_waits_and_nothing_is_worth_anything() -> None:
    day = of((NOON, URGENT, 60, 60))
    none = Day(**{one.name: getattr(day, one.name)[:0] for one in fields(day)})
    assert bound(small(), none) == 0
    assert bound(small(shifts=()), day) == pytest.approx(0)
