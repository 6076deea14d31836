"""Whose pages may frame a chart: nothing but an origin reaches the header."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.explore.sites import MOST, NoSiteError, frame_ancestors, sites

ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?")
LETTERS = st.text(st.sampled_from("ab1.-:/; ,'\"*\r\n\0htps") | st.characters(), max_size=80)


def test_sites_are_written_as_origins_each_once() -> None:
    typed = "https://Intranet.Example.com/\nwall.example.com:8443, https://intranet.example.com"
    found = sites(typed)
    assert found == ["https://intranet.example.com", "https://wall.example.com:8443"]
    told = "frame-ancestors https://intranet.example.com https://wall.example.com:8443"
    assert frame_ancestors(found) == told


def test_without_a_site_nobodys_page_may() -> None:
    assert sites(" \n ") == []
    assert frame_ancestors([]) == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.com",
        "https://*.example.com",
        "*",
        "https:",
        "data:",
        "https://example.com/page",
        "https://example.com;script-src",
        "example.com:0",
        "example.com:65536",
        "me@example.com",
        "-a.example.com",
        f"{'a' * 64}.example.com",
        ".".join(["a" * 60] * 5),
        "bücher.example",
        "https://example.com\u200bx",
    ],
)
def test_what_is_no_origin_is_refused(typed: str) -> None:
    with pytest.raises(NoSiteError):
        sites(typed)


def test_ten_are_the_most() -> None:
    many = [f"s{at}.example.com" for at in range(MOST + 1)]
    assert len(sites(" ".join(many[:-1]))) == MOST
    with pytest.raises(NoSiteError):
        sites(" ".join(many))


@given(LETTERS)
def test_whatever_is_typed_only_origins_are_named(typed: str) -> None:
    try:
        found = sites(typed)
    except NoSiteError:
        return
    assert all(ORIGIN.fullmatch(each) for each in found)
    assert sites(" ".join(found)) == found
