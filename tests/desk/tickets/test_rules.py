"""What is read of another system's answers, and when one looks again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.tickets import read, rules
from rejoinder.desk.tickets.rules import State

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BASE = "https://tickets.example.com/helpdesk"


@given(st.timedeltas(timedelta(0), timedelta(days=90)), st.booleans())
def test_it_is_looked_at_for_a_month_and_never_at_once(age: timedelta, closed: bool) -> None:
    again = rules.next_look(NOON, NOON + age, closed=closed)

    assert (again is None) == (closed or age >= rules.FOLLOWED)
    assert again is None or again - (NOON + age) >= timedelta(minutes=10)


@given(st.text(max_size=20))
def test_a_number_is_digits_and_no_path(text: str) -> None:
    if rules.is_number(text):
        assert str(int(text)).isascii()
        assert set(text) <= set("0123456789")


@pytest.mark.parametrize("text", ["", "0", "-1", "1/../2", "٣", "1" * 13, "1?x"])
def test_what_is_no_number(text: str) -> None:
    assert not rules.is_number(text)


@given(st.sampled_from(State), st.sampled_from(["", "7"]))
def test_what_is_made_is_not_made_again(state: State, number: str) -> None:
    assert not (rules.may_make_again(state, number) and rules.may_close(state, ""))
    assert not (number and rules.may_make_again(state, number))


@given(st.integers(1, 10**9), st.integers(-9, 99))
def test_a_ticket_is_read(number: int, status: int) -> None:
    found = read.ticket(b'{"id": %d, "status": %d, "title": "x"}' % (number, status), BASE)

    assert found.url == f"{BASE}/tickets/{number}/"
    assert found.closed == (status in {3, 4, 5})


@given(st.binary(max_size=60))
def test_anything_else_is_told_apart(body: bytes) -> None:
    for reading in (lambda: read.ticket(body, BASE), lambda: read.page(body)):
        try:
            reading()
        except read.UnreadableError:
            continue
        assert b'"' in body
    assert len(read.why(body)) <= 200


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"id": 0, "status": 1}', b"{}", b"<html>"])
def test_what_is_no_ticket(body: bytes) -> None:
    with pytest.raises(read.UnreadableError):
        read.ticket(body, BASE)


def test_what_it_objects_to_is_said_on_one_line() -> None:
    assert (
        read.why(b'{"queue": ["Invalid pk \\"7\\".", "No\\u202e."]}')
        == 'queue: Invalid pk "7". No.'
    )
    assert read.why(b'{"detail": "Not found."}') == "detail: Not found."
