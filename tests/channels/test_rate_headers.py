"""What platforms tell of their limits is read in each dialect, and nonsense is passed over."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels import rate_headers
from rejoinder.channels.contract import Observed

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
QUARTER = NOON + timedelta(minutes=15)
UNIX = str(int(QUARTER.timestamp()))

# Whatever a header may hold, real dialects among it.
values = st.one_of(
    st.text(max_size=40),
    st.integers(-5, 10**20).map(str),
    st.floats().map(str),
    st.sampled_from(
        [
            "",
            "１２",
            "٣",
            "1e400",
            "NaN",
            "-1",
            "5000;w=3600",
            '"a";q=1;w=,"b',
            "9999-12-31T23:59:59-23:59",
            "0001-01-01T00:00:00+14:00",
            "Sun, 99 Foo 2026",
            '{"a": [{"type": 7, "call_count": 1e999}]}',
            '{"call_count": true, "total_time": -1}',
            "[" * 100_000,
            ";" * 19_000 + '"',
            ',"' * 30_000,
        ]
    ),
)
NAMES = [
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
    "ratelimit",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "ratelimit-policy",
    "retry-after",
    "x-app-usage",
    "x-page-usage",
    "x-business-use-case-usage",
]


@pytest.mark.parametrize("reset", [UNIX, "2026-03-02T12:15:00.000Z", "2026-03-02T13:15:00+01:00"])
def test_x_writes_seconds_and_mastodon_a_date(reset: str) -> None:
    header = {"x-a-limit": "300", "x-a-remaining": "3", "x-a-reset": reset}
    [told] = rate_headers.classic(header, "x-a-", name="three hours")
    assert told == Observed(name="three hours", limit=300, remaining=3, resets_at=QUARTER)


def test_without_what_remains_nothing_is_told() -> None:
    assert rate_headers.classic({"x-a-limit": "300", "x-a-reset": UNIX}, "x-a-") == ()
    assert rate_headers.draft({"ratelimit-limit": "300"}, NOON) == ()


@pytest.mark.parametrize("reset", [UNIX, "900"])
def test_the_draft_and_bluesky_tell_the_window_of_the_limit_they_mean(reset: str) -> None:
    header = {
        "ratelimit-limit": "5000",
        "ratelimit-remaining": "4997",
        "ratelimit-reset": reset,
        "ratelimit-policy": '35000;w=86400, 5000;w=3600;comment="per hour, sliding"',
    }
    [told] = rate_headers.draft(header, NOON)
    assert told == Observed(window=3600, limit=5000, remaining=4997, resets_at=QUARTER)


def test_a_limit_with_its_quota_in_one_field_as_early_drafts_write_it() -> None:
    header = {"ratelimit-limit": "100, 100;w=60, 9;w=1", "ratelimit-remaining": "0"}
    assert rate_headers.draft(header, NOON) == (Observed(limit=100, remaining=0),)


def test_the_later_draft_names_its_limits() -> None:
    header = {
        "ratelimit": '"hour, sliding";r=3;t=900',
        "ratelimit-policy": '"hour, sliding";q=10;w=3600, "day";q=50;w=86400',
    }
    hour, day = rate_headers.draft(header, NOON)
    assert hour == Observed(
        name="hour, sliding", window=3600, limit=10, remaining=3, resets_at=QUARTER
    )
    assert day == Observed(name="day", window=86_400, limit=50)


def test_meta_tells_shares_and_when_it_lets_us_in_again() -> None:
    entry = {
        "type": "pages",
        "call_count": 28,
        "total_time": 100.0,
        "total_cputime": 25,
        "estimated_time_to_regain_access": 15,
    }
    header = {
        "x-app-usage": '{"call_count":12,"total_time":40,"total_cputime":0}',
        "x-business-use-case-usage": json.dumps({"1234": [entry, "odd"], "5": None}),
    }
    app, pages = rate_headers.usage(header, NOON)
    assert app == Observed(name="app", share_used=0.4)
    assert pages == Observed(name="pages", share_used=1.0, resets_at=QUARTER)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("90", 90),
        ("Mon, 02 Mar 2026 12:15:00 GMT", 900),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_a_wait_in_either_form(value: str, seconds: float | None) -> None:
    assert rate_headers.retry_after({"retry-after": value}, NOON) == seconds


@given(header=st.dictionaries(st.sampled_from(NAMES), values))
def test_no_header_breaks_anything_and_no_figure_is_absurd(header: dict[str, str]) -> None:
    found = [
        *rate_headers.classic(header, "x-rate-limit-"),
        *rate_headers.draft(header, NOON),
        *rate_headers.usage(header, NOON),
    ]
    for told in found:
        figures: list[Any] = [told.limit, told.remaining, told.window]
        assert all(figure is None or 0 <= figure < 1e16 for figure in figures)
        assert told.share_used is None or 0 <= told.share_used <= 1
        assert told.resets_at is None or told.resets_at.utcoffset() == timedelta(0)
    wait = rate_headers.retry_after(header, NOON)
    assert wait is None or 0 <= wait <= rate_headers.LONGEST_WAIT
