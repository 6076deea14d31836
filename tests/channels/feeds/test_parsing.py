"""Every format of feed becomes the same entries; what is broken or lays traps is refused."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.feeds import parsing
from rejoinder.channels.feeds.parsing import NoFeedError, parse

URL = "https://blog.example.com/feed"
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Board</title>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><ttl>20</ttl>
<item><guid isPermaLink="false">t7</guid><title>No signal &amp; no answer</title><link>/t/7</link>
<dc:creator>Tom</dc:creator><pubDate>Mon, 02 Mar 2026 09:00:00 +0100</pubDate>
<description>&lt;p&gt;Since &lt;b&gt;noon&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>From a mailer</title><author>tina@example.com (Tina)</author>
<link>javascript:alert(1)</link><description>5 &lt; 7</description></item></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "next_url": "/feed?page=2",
"items": [{"id": 7, "url": "https://blog.example.com/7", "title": "Hi",
"content_html": "<p>It is <i>down</i></p>",
"date_published": "2026-03-02T09:00:00Z", "authors": [{"name": "Tom"}]}, {"id": "8",
"content_text": "a < b", "author": {"name": "t@example.com"}}]}"""
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    + "]><rss><channel><title>&a9;</title></channel></rss>"
)


def test_rss() -> None:
    found = parse(RSS, URL)
    first, second = found.entries
    assert (found.title, found.wait) == ("Board", 1800)
    assert (first.id, first.url) == ("t7", "https://blog.example.com/t/7")
    assert (first.title, first.text) == ("No signal & no answer", "Since noon.")
    assert (first.author, first.at) == ("Tom", datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert (second.author, second.url) == ("Tina", "")
    assert "tina@example.com" not in str(second)


def test_json_feed() -> None:
    found = parse(JSON.encode(), URL)
    first, second = found.entries
    assert (first.id, first.title, first.text, first.author) == ("7", "Hi", "It is down", "Tom")
    assert first.at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (second.text, second.author) == ("a < b", "")
    assert found.next == "https://blog.example.com/feed?page=2"


def test_a_feed_that_is_not_quite_right_is_read() -> None:
    [entry] = parse(
        b"<rss version='2.0'><channel><item><title>a & b</title></item></rss>", URL
    ).entries
    assert entry.title == "a & b"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no feed"),
        (b"<html><p>Sign in</p></html>", "no feed"),
        (RSS[:300], "broke off"),
        (JSON[:100].encode(), "cannot be read"),
        (b'{"version": "1"}', "no JSON Feed"),
        (b"x" * (parsing.MOST + 1), "longer than"),
        (BOMB.encode(), "entities"),
        (BOMB.encode("utf-16"), "entities"),
        (BOMB.lower().encode("utf-16-be"), "entities"),
    ],
)
def test_what_is_none_is_refused_at_once(body: bytes, why: str) -> None:
    start = time.monotonic()
    with pytest.raises(NoFeedError, match=why):
        parse(body, URL)
    assert time.monotonic() - start < 1


def test_an_entity_from_outside_is_not_fetched() -> None:
    outside = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss version="2.0"></rss>'
    assert parse(outside, URL).entries == []


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    for whole in (body, b"<rss version='2.0'><channel><item>" + body + b"</item></channel></rss>"):
        with suppress(NoFeedError):
            assert len(parse(whole, URL).entries) <= len(whole)
