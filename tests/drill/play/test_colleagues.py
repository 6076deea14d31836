"""Colleagues who play along answer from the real queue by the same calls as everybody."""

from pathlib import Path

import numpy as np
import pytest

from rejoinder.budget import rules
from rejoinder.channels.contract import Limit
from rejoinder.desk.models import Assignment, Closure
from rejoinder.drill.day import Day
from rejoinder.drill.play.colleagues import CLOSING_S, Colleagues
from rejoinder.drill.play.diary import Diary, Line
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.world import HOUR_S, World
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox.models import Reply
from rejoinder.team.models import Advisor
from tests import people
from tests.web import stage

pytestmark = pytest.mark.django_db
TEN = 10 * HOUR_S


def day() -> Day:
    return Setting(world=World(), seed=1, begins=0.0, from_h=7, opens_h=7, until_h=22).day()


def staff(folder: Path, team: list[Advisor], pointer: str | None = None) -> Colleagues:
    return Colleagues(
        World(), day(), team, diary=Diary(folder), pointer=lambda conversation: pointer
    )


def test_they_write_for_as_long_as_it_takes_and_keep_room_meanwhile(tmp_path: Path) -> None:
    rules.adopt(stage.account(), [Limit(name="a day", cap=5, window=86_400)])
    talk = stage.says("Tom", "no signal", need=Need.SPECIFIC)
    Diary(tmp_path).write(Line(TEN, 3, "said", talk.thread))
    lasts = float(day().handling_s[3])
    team = staff(tmp_path, [people.alice()])

    team.turn_to(TEN)
    talk.refresh_from_db()
    assert talk.holder == people.alice()
    assert [unit.allowance.reserved for unit in rules.units(stage.account())] == [1_000_000]
    team.turn_to(TEN + lasts * 0.99)
    assert not Reply.objects.exists()
    team.turn_to(TEN + lasts * 1.01)
    assert Reply.objects.get().advisor == people.alice()


def test_an_answer_that_is_out_is_pointed_to_in_less_time(tmp_path: Path) -> None:
    talk = stage.says("Tom", "is my number sent out")
    Diary(tmp_path).write(Line(TEN, 3, "said", talk.thread))
    team = staff(tmp_path, [people.alice()], "Yes, until two o'clock today.")

    team.turn_to(TEN)
    team.turn_to(TEN + float(day().pointer_s[3]) * 1.01)
    assert Reply.objects.get().text == "Yes, until two o'clock today."
    assert day().pointer_s[3] <= day().handling_s[3]


def test_abuse_and_what_asks_for_nothing_is_closed_without_a_word(tmp_path: Path) -> None:
    talk = stage.says("Colin", "you clowns", need=Need.ABUSE)
    team = staff(tmp_path, [people.alice()])

    team.turn_to(TEN)
    team.turn_to(TEN + CLOSING_S)
    assert Closure.objects.get().conversation == talk
    assert not Reply.objects.exists()


def test_no_more_are_at_it_than_are_on_duty(tmp_path: Path) -> None:
    for number in range(20):
        stage.says(f"Tina {number}", "hello")
    team = [people.colleague(f"C{number}") for number in range(12)]

    staff(tmp_path, team).turn_to(3 * HOUR_S)
    assert Conversation.objects.filter(holder__isnull=False).count() == 2
    assert World().on_duty(3 * HOUR_S) == 2
    staff(tmp_path / "nobody", []).turn_to(TEN)
    assert Assignment.objects.count() == 2


def test_what_they_had_in_hand_when_the_player_ended_is_answered(tmp_path: Path) -> None:
    stage.says("Tom", "no signal")
    staff(tmp_path, [people.alice()]).turn_to(TEN)

    staff(tmp_path, [people.alice()]).turn_to(TEN + 1)
    assert Reply.objects.count() == 1


def test_the_part_of_a_day_is_the_same_day(tmp_path: Path) -> None:
    whole = Setting(world=World(), seed=1, begins=0.0, from_h=0, opens_h=0, until_h=24).day()
    between = (whole.at >= 7 * HOUR_S) & (whole.at < 22 * HOUR_S)

    assert np.array_equal(day().at, whole.at[between])
    assert np.array_equal(day().need, whole.need[between])
