"""A day that was recorded is played with its own words, at its own moments."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.drill.play import setting as settings
from rejoinder.drill.play.setting import MENTIONS, Setting
from rejoinder.drill.recorded import lines
from rejoinder.drill.world import HOUR_S, World
from rejoinder.plumbing.config import config

MONDAY = (
    b'{"at": 34000, "author": "tina", "text": "999 fails from my phone", "need": "urgent"}',
    b'{"at": 33000, "author": "tom", "text": "is it down in Leeds?", "need": "common"}',
    b'{"at": 36000, "author": "rosa", "need": "vent"}',
    b'{"at": 3000, "author": "vera", "text": "at night", "need": "common"}',
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REJOINDER_DATA", str(tmp_path))
    config.cache_clear()
    yield tmp_path
    config.cache_clear()


def setting(*, recorded: bool) -> Setting:
    return Setting(
        world=World(), seed=1, begins=0.0, from_h=7, opens_h=7, until_h=22, recorded=recorded
    )


def test_people_say_what_they_said_in_the_order_of_the_day(folder: Path) -> None:
    settings.keep_mentions(lines(MONDAY))
    played = setting(recorded=True)

    day, texts = played.day(), played.texts("Northwind")

    assert day.at.tolist() == [33000, 34000, 36000]
    assert texts[:2] == ["is it down in Leeds?", "999 fails from my phone"]
    assert texts[2]  # of whom only the moment is known, says what such people say
    # What they ask stands in the words alone.
    assert day.question.tolist() == day.seen_question.tolist() == [-1, -1, -1]


def test_a_drawn_day_says_made_up_words_for_each_of_its_mentions(folder: Path) -> None:
    played = setting(recorded=False)
    day = played.day()

    assert len(played.texts("Northwind")) == len(day)
    assert day.at.min() >= 7 * HOUR_S


def test_words_of_real_people_go_when_another_day_is_played(folder: Path) -> None:
    settings.keep_mentions(lines(MONDAY))
    settings.keep(setting(recorded=True))
    assert (folder / MENTIONS).exists()

    settings.keep(setting(recorded=False))
    assert not (folder / MENTIONS).exists()
    kept = settings.kept()
    assert kept is not None
    assert not kept.recorded
