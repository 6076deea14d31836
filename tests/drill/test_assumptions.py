"""One assumption can be moved at a time, and the day follows it."""

import msgspec
import pytest

from rejoinder.drill.assumptions import ASSUMPTIONS, moved
from rejoinder.drill.day import draw
from rejoinder.drill.world import World
from rejoinder.drill.worlds import read


@pytest.mark.parametrize("assumption", ASSUMPTIONS)
@pytest.mark.parametrize("factor", [0.5, 1.5, 20])
def test_a_moved_world_is_another_and_a_sound_one(assumption: str, factor: float) -> None:
    world = moved(World(), assumption, factor)
    assert world != World()
    assert read(msgspec.json.encode(world)) == world


@pytest.mark.parametrize("assumption", ASSUMPTIONS)
def test_a_factor_of_one_moves_nothing(assumption: str) -> None:
    same, other = draw(World(), 1), draw(moved(World(), assumption, 1.0), 1)
    assert (same.at == other.at).all()
    assert (same.seen_need == other.seen_need).all()


def test_the_day_follows() -> None:
    patient, day = draw(moved(World(), "patience", 1.5), 2), draw(World(), 2)
    assert patient.patience_s == pytest.approx(day.patience_s * 1.5)
    assert moved(World(), "advisors", 0.5).on_duty(12 * 3_600) == 5
    assert len(draw(moved(World(), "mentions", 0.5), 2)) < 0.6 * len(day)
