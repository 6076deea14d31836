"""What people put into records, as the desk hears it."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.bluesky import reading, shapes
from rejoinder.channels.contract import Media, Post

US = "did:plc:us"
TOM = "did:plc:tom"

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ["text", "createdAt", "langs", "reply", "facets", "embed"]


def heard(record: Any, did: str = TOM) -> Post:
    view = {
        "uri": f"at://{did}/app.bsky.feed.post/3k",
        "cid": "bafy1",
        "author": {"did": did, "handle": "tom.example.com", "displayName": "Tom"},
        "record": record,
    }
    return reading.post(msgspec.json.decode(msgspec.json.encode(view), type=shapes.View), US)


def link(did: str, cid: str = "bafy0") -> dict[str, str]:
    return {"uri": f"at://{did}/app.bsky.feed.post/3j", "cid": cid}


def test_a_post_has_its_page_language_and_version() -> None:
    post = heard({"text": "hallo", "langs": ["de", "en"], "createdAt": "2026-03-02T09:00:00Z"})
    assert post.url == "https://bsky.app/profile/tom.example.com/post/3k"
    assert post.language == "de"
    assert post.ref == {"cid": "bafy1"}
    assert post.created_at is not None


@pytest.mark.parametrize(
    ("record", "tagged"),
    [
        ({"text": "northwind is down"}, False),
        ({"facets": [{"features": [{"did": US}]}]}, True),
        ({"facets": [{"features": [{"did": TOM}]}]}, False),
        ({"reply": {"root": link(TOM), "parent": link(US)}}, True),
        ({"reply": {"root": link(US), "parent": link(TOM)}}, False),
        ({"embed": {"record": link(US)}}, True),
        ({"embed": {"record": {"record": link(US)}, "media": {}}}, True),
    ],
)
def test_who_names_answers_or_quotes_us_expects_us(record: dict[str, Any], tagged: bool) -> None:
    assert heard(record).tagged is tagged


def test_a_reply_knows_its_thread() -> None:
    post = heard({"reply": {"root": link("did:plc:root", "bafyroot"), "parent": link(US)}})
    assert post.root == "at://did:plc:root/app.bsky.feed.post/3j"
    assert post.in_reply_to == f"at://{US}/app.bsky.feed.post/3j"
    assert post.ref == {"cid": "bafy1", "root_cid": "bafyroot"}


def test_pictures_and_films_come_with_their_words() -> None:
    image = {"alt": "a fallen mast", "image": {"ref": {"$link": "bafyimage"}}}
    video = {"video": {"ref": {"$link": "bafyvideo"}}}
    cdn = "https://cdn.bsky.app/img/feed_fullsize/plain"
    assert heard({"embed": {"images": [image]}}).media == (
        Media("image", f"{cdn}/{TOM}/bafyimage@jpeg", "a fallen mast"),
    )
    assert heard({"embed": {"record": {}, "media": {"images": [image]}}}).media[0].kind == "image"
    assert heard({"embed": video}).media[0].kind == "video"


def test_our_own_posts_are_ours() -> None:
    assert heard({"text": "from the app"}, US).ours
    assert not heard({"text": "from Tom"}).ours


@pytest.mark.parametrize(
    "at", ["", "yesterday", "0000-00-00T00:00:00Z", "99999-01-01", "2026-13-01"]
)
def test_a_time_that_is_none_is_none(at: str) -> None:
    assert heard({"createdAt": at}).created_at is None


def test_the_year_one_is_kept() -> None:
    at = heard({"createdAt": "0001-01-01T00:00:00Z"}).created_at
    assert at is not None
    assert at.year == 1


def test_one_strange_field_does_not_cost_the_words() -> None:
    post = heard({"text": "no signal", "langs": "en", "facets": 7, "reply": [], "embed": None})
    assert post.text == "no signal"
    assert not post.tagged


@given(st.dictionaries(st.sampled_from(FIELDS), anything) | anything)
def test_no_record_breaks_a_listening(record: Any) -> None:
    post = heard(record)
    assert post.author_id == TOM
    if isinstance(record, dict) and isinstance(record.get("text"), str):
        assert post.text == record["text"]
