"""Logs for machines: one line of JSON each, with nothing in it that somebody wrote."""

import json
import logging
import sys

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing.logging import JsonLines


def line(message: str, *args: object, failed: bool = False) -> dict[str, str]:
    error = sys.exc_info() if failed else None
    record = logging.LogRecord("desk", logging.ERROR, "file", 1, message, args, error)
    told = JsonLines("work").format(record)
    assert "\n" not in told
    found: dict[str, str] = json.loads(told)
    return found


def test_a_line_says_when_which_part_and_what() -> None:
    found = line("%s: %d.", "Deleted after their time", 3)
    assert found.pop("at").endswith("+00:00")
    assert found == {
        "part": "work",
        "level": "error",
        "from": "desk",
        "message": "Deleted after their time: 3.",
    }


def test_the_words_of_an_error_stay_out_and_its_place_stays() -> None:
    try:
        raise ValueError("Key (phone)=(07700 900123) already exists, said Tina")
    except ValueError:
        found = line("Sending failed.", failed=True)
    assert found["error"] == "ValueError"
    assert found["where"].startswith("test_the_words_of_an_error_stay_out")
    assert "07700" not in json.dumps(found)
    assert "Tina" not in json.dumps(found)


@given(st.text())
def test_no_message_breaks_a_line(words: str) -> None:
    assert line("%s", words)["message"] == words
