"""Worlds from JSON: the defaults are the reference, and what is wrong is said in a sentence."""

import msgspec
import pytest

from rejoinder.drill.world import World
from rejoinder.drill.worlds import NAMED, WorldError, check, read


def test_an_empty_world_is_the_reference() -> None:
    assert read(b"{}") == NAMED["reference"] == World()
    assert sum(surge.mentions for surge in World().surges) + World().usual == 5_700


@pytest.mark.parametrize("name", NAMED)
def test_a_named_world_is_sound_and_survives_its_json(name: str) -> None:
    check(NAMED[name])
    assert read(msgspec.json.encode(NAMED[name])) == NAMED[name]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"mood": 1}', "unknown field `mood`"),
        (b"[]", "Expected `object`"),
        (b"\xff", "malformed"),
        (b"", "truncated"),
        (b"[" * 100_000, "Expected `object`"),
        (b'{"usual": -1}', "$.usual"),
        (b'{"usual": NaN}', "malformed"),
        (b'{"limits": "900/day"}', "$.limits"),
        (b'{"shifts": [{"from_h": 9, "to_h": 9, "advisors": 1}]}', "ends before it begins"),
        (b'{"update_channel": "letter"}', "update_channel names 'letter'"),
        (b'{"channels": [{"name": "x", "share": 0}]}', "share no mentions"),
        (b'{"cuts": [{"account": "x", "limit": "a week", "at_h": 12, "cap": 5}]}', "'a week'"),
        (b'{"surges": [{"shape": "outage", "begins_h": 1, "mentions": 300000}]}', "200,000"),
    ],
)
def test_a_bad_world_is_refused_in_a_sentence(text: bytes, words: str) -> None:
    with pytest.raises(WorldError, match=r"\.$") as refused:
        read(text)
    assert words in str(refused.value)


def test_a_preset_has_no_limits_of_accounts_that_the_world_lacks() -> None:
    world = read(b'{"channels": [{"name": "x", "share": 1}], "limits": "2026"}')
    assert {rule.account for rule in world.rules()} == {"x"}


def test_advisors_are_counted_by_the_hour() -> None:
    assert [World().on_duty(hour * 3_600) for hour in (0, 7, 12, 21, 24)] == [2, 6, 10, 5, 0]
