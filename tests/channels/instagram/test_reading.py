"""What Instagram tells, read: names in captions, and deliveries of any shape."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.channels.contract import Connection, Received
from rejoinder.channels.graph import webhook
from rejoinder.channels.instagram import channel, reading
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer

SECRET = "made-up-secret"


class Nowhere:
    """A network on which everything is gone."""

    def call(self, method: str, url: str, **more: Any) -> Answer:
        error = {"message": "gone", "code": 100, "error_subcode": 33}
        return Answer(400, {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("no signal, @harbour.mobile!", True),
        ("no signal, harbour.mobile.", True),  # the @ is left out on others' media
        ("Harbour.Mobile again", True),
        ("harbour.mobiles", False),
        ("my.harbour.mobile", False),
        ("harbour.mobile.uk", False),
        ("harbour_mobile", False),
        ("", False),
    ],
)
def test_a_caption_names_us_by_our_whole_name(text: str, named: bool) -> None:
    assert reading.names(text, "harbour.mobile") is named


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_our_name_between_gaps_is_found_in_any_script(before: str, after: str) -> None:
    assert reading.names(f"{before} @harbour {after}", "harbour")


def test_an_account_without_a_name_is_named_nowhere() -> None:
    assert not reading.names("anything", "")


IDS = st.sampled_from(["", "1", "17900000000000001", "../me", "1){id}", "\u0661"])
SCRAP = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just({"id": "5"})
)
VALUE = st.dictionaries(
    st.sampled_from(["id", "text", "from", "media", "parent_id", "comment_id", "media_id"]),
    IDS | SCRAP,
)
CHANGE = st.fixed_dictionaries(
    {"field": st.sampled_from(["comments", "live_comments", "mentions", "other"]), "value": VALUE}
)
WORDS = st.dictionaries(
    st.sampled_from(["mid", "text", "is_echo", "is_deleted", "attachments"]),
    IDS | SCRAP | st.just([{"type": "image", "payload": {"url": "https://example.com/a"}}]),
)
WROTE = st.dictionaries(
    st.sampled_from(["sender", "recipient", "timestamp", "message", "message_edit"]), WORDS | SCRAP
)


@settings(deadline=None)
@given(
    changes=st.lists(CHANGE, max_size=3),
    messaging=st.lists(WROTE, max_size=3),
    time=st.integers(-(10**18), 10**18) | st.none(),
)
def test_no_delivery_breaks_the_desk(
    changes: list[Any], messaging: list[Any], time: int | None
) -> None:
    settings = {"messages": "yes"}
    secrets = {"app_secret": SECRET, "access": "made-up"}
    us = Connection(settings=settings, secrets=secrets, external_id="9", handle="harbour")
    at = int(clock.now().timestamp()) if time is None else time
    entry = {"id": "9", "time": at, "changes": changes, "messaging": messaging}
    body = json.dumps({"object": "instagram", "entry": [entry]}).encode()
    signed = {webhook.SIGNATURE: f"sha256={webhook.signature(SECRET, body)}"}
    received = channel(us, Nowhere()).receive("POST", {}, signed, body)
    assert isinstance(received, Received)
    assert received.response.status in {200, 400, 409}
    assert all(post.external_id for post in received.posts)
