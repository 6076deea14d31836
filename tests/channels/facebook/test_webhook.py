"""What Facebook delivers: believed when its signature fits the body as it came, and it is fresh."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rejoinder.channels.contract import Post, TroubleError
from rejoinder.channels.facebook import activity
from rejoinder.channels.graph import webhook

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRETS = {"app_secret": "made-up-secret", "verify_token": "made-up-words"}


def ours(number: str) -> str:
    """Every post is our Page's."""
    return "77"


def _received(
    body: bytes, signature: str | None = None, author: activity.Author = ours, **query: Any
) -> Any:
    signed = signature or f"sha256={webhook.signature(SECRETS['app_secret'], body)}"
    asked = {name.replace("_", ".", 1): str(value) for name, value in query.items()}
    return webhook.received(
        activity.hook("77", author, messages=True),
        SECRETS,
        "77",
        NOW,
        method="GET" if query else "POST",
        query=asked,
        headers={webhook.SIGNATURE: signed},
        body=body,
    )


def _delivery(verb: str = "add", at: datetime = NOW, page: str = "77", **more: Any) -> bytes:
    value: dict[str, Any] = {
        "item": "comment",
        "verb": verb,
        "comment_id": "1_2",
        "post_id": "77_1",
    }
    value |= {"message": "no signal", "created_time": int(at.timestamp())} | more
    changes = [{"field": "feed", "value": value}]
    entry = {"id": page, "time": int(at.timestamp()), "changes": changes}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def test_a_comment_its_edit_and_its_removal_are_heard() -> None:
    author: dict[str, Any] = {"from": {"id": "5", "name": "Tom"}, "parent_id": "77_1"}
    found = [_received(_delivery(verb, **author)).posts for verb in ("add", "edited", "remove")]
    kinds = [[post.kind for post in posts] for posts in found]
    assert kinds == [["post"], ["edit"], ["delete"]]
    assert (found[0][0].author_id, found[0][0].root) == ("5", "1_2")
    assert found[2] == [Post(external_id="1_2", kind="delete")]


def test_whom_facebook_hides_is_somebody_of_their_own() -> None:
    [post] = _received(_delivery()).posts
    assert post.author_id == "unknown:1_2"


@pytest.mark.parametrize(
    ("body", "signature", "status"),
    [
        (_delivery(), "sha256=00", 403),
        (_delivery(), "é", 403),
        (_delivery(at=NOW - timedelta(hours=37)), None, 409),
        (_delivery(page="78"), None, 404),
        (b"[" * 100_000, None, 400),
    ],
)
def test_what_is_not_its_own_or_old_is_refused(
    body: bytes, signature: str | None, status: int
) -> None:
    received = _received(body, signature)
    assert (received.response.status, list(received.posts)) == (status, [])


def test_copies_are_one_delivery() -> None:
    one, other = _received(_delivery()), _received(_delivery())
    assert one.delivery == other.delivery != ""


def test_the_challenge_is_answered_to_who_knows_the_words() -> None:
    given: dict[str, Any] = {"hub_mode": "subscribe", "hub_challenge": "1158201444"}
    assert _received(b"", hub_verify_token="made-up-words", **given).response.body == b"1158201444"
    assert _received(b"", hub_verify_token="another", **given).response.status == 403


def test_a_comment_on_a_visitor_s_post_belongs_to_that_thread() -> None:
    [post] = _received(_delivery(parent_id="77_1"), author=lambda number: "9").posts
    assert (post.root, post.in_reply_to, post.ref["top"]) == ("77_1", "77_1", "77_1")


def test_what_facebook_does_not_tell_now_it_delivers_again() -> None:
    def fails(number: str) -> str:
        raise TroubleError("Facebook answered 500.")

    received = _received(_delivery(parent_id="77_1"), author=fails)
    assert (received.response.status, list(received.posts)) == (503, [])


def test_nobody_is_asked_of_what_is_not_proved() -> None:
    asked: list[str] = []

    def asks(number: str) -> str:
        asked.append(number)
        return "77"

    _received(_delivery(), "sha256=00", author=asks)
    assert asked == []
