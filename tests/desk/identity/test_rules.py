"""A check is answered once, while it is awaited, by who shares the secret."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.identity import rules, signed
from rejoinder.desk.identity.rules import Check, Standing, may_begin, may_settle, standing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = int(NOON.timestamp())
BODY = msgspec.json.encode(signed.Answer("K7TM-2Q9X-4BDN", "n" * 32, "passed", "app"))
moments = st.integers(-3000, 3000).map(lambda minutes: NOON + timedelta(minutes=minutes))
checks = st.builds(
    Check,
    moments,
    st.none() | moments,
    st.integers(0, rules.STARTS),
    st.none() | st.booleans(),
    st.none() | moments,
)
words = st.text(max_size=60)


@given(checks, moments)
def test_what_was_answered_or_ended_is_answered_no_more(one: Check, now: datetime) -> None:
    if one.passed is not None or one.ended_at is not None:
        assert not may_settle(one, now)
        assert not may_begin(one, now)


@given(checks, moments)
def test_an_answer_counts_only_while_it_is_awaited(one: Check, now: datetime) -> None:
    if may_settle(one, now):
        assert one.begun_at is not None
        assert now < one.begun_at + rules.ANSWERED_WITHIN


@given(checks, moments, moments)
def test_an_end_is_an_end(one: Check, now: datetime, later: datetime) -> None:
    first, then = sorted((now, later))
    over = {Standing.PASSED, Standing.FAILED, Standing.ENDED}

    if standing(one, first) in over and (one.begun_at is None or one.begun_at <= first):
        assert standing(one, then) in over


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("id.northwind.example", True),
        ("northwind.example.", True),
        ("NORTHWIND.example", True),
        ("notnorthwind.example", False),
        ("northwind.example.evil.example", False),
        ("", False),
    ],
)
def test_a_domain_is_ours_or_below_one(host: str, ours: bool) -> None:
    assert rules.is_ours(host, ["northwind.example", ""]) is ours


@given(st.integers(-signed.SKEW, signed.SKEW))
def test_what_is_signed_is_read_within_the_skew(off: int) -> None:
    header = signed.answer_signature("s", SECOND, BODY)

    assert signed.answer("s", header, BODY, SECOND + off).result == "passed"


@given(
    st.sampled_from(["secret", "header", "body", "time", "noise"]),
    words,
    st.integers(signed.SKEW + 1, 10**7),
)
def test_nothing_else_is(what: str, noise: str, off: int) -> None:
    header = signed.answer_signature("s", SECOND, BODY)
    told = {
        "secret": ("other", header, BODY, SECOND),
        "header": ("s", header[:-1] + ("0" if header[-1] != "0" else "1"), BODY, SECOND),
        "body": ("s", header, BODY + b" ", SECOND),
        "time": ("s", header, BODY, SECOND + off),
        "noise": ("s", noise, BODY, SECOND),
    }[what]

    with pytest.raises(signed.BadAnswerError):
        signed.answer(*told)


@given(words | st.just('{"ref":1}') | st.just("\ud800"), st.binary(max_size=50))
def test_what_is_signed_and_no_message_is_refused(text: str, raw: bytes) -> None:
    for body in (text.encode("utf-8", "surrogatepass"), raw, b"[" * 4000):
        with pytest.raises(signed.BadAnswerError):
            signed.answer("s", signed.answer_signature("s", SECOND, body), body, SECOND)
