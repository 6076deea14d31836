"""The people of a played day keep the rules of a drilled one, and go on after the player ended."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from rejoinder.drill.day import Day
from rejoinder.drill.play.diary import Diary
from rejoinder.drill.play.people import People
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.world import HOUR_S, Client, Surge, World

SMALL = replace(
    World(),
    usual=150.0,
    surges=(Surge(shape="incident", begins_h=7.5, mentions=150),),
    clients=(Client(account="x", from_h=9, to_h=12, posts=7),),
    leaves_unseen=0.2,
)


class Town:
    """A network that takes every order, and a desk that answers as it is told."""

    def __init__(self) -> None:
        self.orders: list[dict[str, Any]] = []
        self.replied: set[str] = set()
        self.writing: set[str] = set()
        self.answers: dict[int, float] = {}

    def order(self, order: dict[str, Any]) -> str | None:
        self.orders.append(order)
        return f"post-{len(self.orders)}" if "say" in order else order["delete"]

    def answered(self, post: str) -> bool:
        return post in self.replied

    def in_hand(self, post: str) -> bool:
        return post in self.writing

    def read_as(self, post: str) -> int:
        return 2

    def published(self) -> Mapping[int, float]:
        return self.answers


def setting(world: World = SMALL) -> Setting:
    return Setting(world=world, seed=4, begins=0.0, from_h=7, opens_h=7, until_h=22)


def crowd(folder: Path, town: Town, played: Setting | None = None) -> tuple[People, Day]:
    some = played or setting()
    day = some.day()
    people = People(
        some.world,
        day,
        some.seed,
        brand="N",
        texts=some.texts("N"),
        order=town.order,
        seen=town,
        diary=Diary(folder),
    )
    return people, day


def kinds(folder: Path) -> Counter[str]:
    return Counter(line.what for line in Diary(folder).lines)


def test_everybody_writes_at_their_moment_and_leaves_when_nobody_answers(tmp_path: Path) -> None:
    town = Town()
    people, day = crowd(tmp_path, town)

    for hour in range(7, 24 * 3):
        people.turn_to(hour * HOUR_S)
        said = [line for line in Diary(tmp_path).lines if line.what == "said"]
        assert len(said) == int((day.at <= hour * HOUR_S).sum())

    told = kinds(tmp_path)
    assert told["said"] == told["gave-up"] == len(day)
    assert told["again"] > 0
    assert {line.read for line in Diary(tmp_path).lines if line.what == "gave-up"} == {2}
    deleted = sum("delete" in order for order in town.orders)
    assert deleted == int((~day.leaves_unseen).sum())
    by_others = [o for o in town.orders if "say" in o and o["say"]["by"] == "n"]
    assert len(by_others) == 7


def test_who_is_answered_stays_and_who_is_being_answered_waits(tmp_path: Path) -> None:
    town = Town()
    people, day = crowd(tmp_path, town)
    people.turn_to(day.at[1])
    first, second = (line.post for line in Diary(tmp_path).lines[:2])
    town.replied.add(first)
    town.writing.add(second)

    people.turn_to(23 * HOUR_S)
    assert not {line.mention for line in Diary(tmp_path).lines if line.what == "gave-up"} & {0, 1}
    town.writing.clear()
    people.turn_to(24 * HOUR_S)
    gone = {line.mention for line in Diary(tmp_path).lines if line.what == "gave-up"}
    assert gone & {0, 1} == {1}


def test_an_answer_in_public_reaches_some_and_others_never_ask(tmp_path: Path) -> None:
    town = Town()
    people, day = crowd(tmp_path, town)
    people.turn_to(9 * HOUR_S)
    town.answers = dict.fromkeys(range(8), 9 * HOUR_S)
    people.turn_to(22 * HOUR_S)

    told = kinds(tmp_path)
    assert told["saw-the-answer"] > 0
    assert told["not-asked"] == int((day.deflected & (day.at > 9 * HOUR_S)).sum()) > 0
    for line in Diary(tmp_path).lines:
        if line.what == "saw-the-answer":
            since = max(9 * HOUR_S, day.at[line.mention]) + day.sees_after_s[line.mention]
            assert line.at == since


def test_a_player_that_ended_goes_on_and_nobody_says_anything_twice(tmp_path: Path) -> None:
    town = Town()
    people, _ = crowd(tmp_path, town)
    people.turn_to(11 * HOUR_S)
    with (tmp_path / "drill-diary.jsonl").open("ab") as half:
        half.write(b'[39600.0, 5, "sai')  # the process died while it wrote

    again, day = crowd(tmp_path, town)
    again.turn_to(30 * HOUR_S)

    told = kinds(tmp_path)
    assert told["said"] == len(day)
    assert (
        max(Counter(line.mention for line in Diary(tmp_path).lines if line.what == "said").values())
        == 1
    )
