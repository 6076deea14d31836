"""What X sends to our address: its challenge, and what our account meets, each signed.

https://docs.x.com/x-api/webhooks/introduction and .../account-activity/introduction
"""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from rejoinder.channels import lenient
from rejoinder.channels.contract import Post, Received
from rejoinder.channels.x import classic
from rejoinder.channels.x.reading import Us
from rejoinder.plumbing.answer import Answer

SIGNATURE = "x-twitter-webhooks-signature"
# X tries again for some minutes; what is older was kept by somebody to be sent once more.
FRESH = timedelta(hours=24)
LONGEST_CHALLENGE = 500

_TAKEN = Answer(200, {}, b"")


def received(
    secret: str,
    us: Us,
    now: datetime,
    *,
    method: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
) -> Received:
    """The answer to a challenge, or the posts of a delivery that is X's own and fresh."""
    if not secret:
        return _refused(404, "This account takes no webhooks: its API key secret is missing.")
    if method == "GET":
        return _challenged(secret, query.get("crc_token", ""))
    if not _is_signed(secret, headers.get(SIGNATURE, ""), body):
        return _refused(403, "The signature does not fit.")
    return _delivered(us, now, body)


def _challenged(secret: str, token: str) -> Received:
    if not 0 < len(token) <= LONGEST_CHALLENGE:
        return _refused(400, "A challenge has a crc_token.")
    said = json.dumps({"response_token": _signature(secret, token.encode(errors="replace"))})
    return Received(response=Answer(200, {"content-type": "application/json"}, said.encode()))


def _delivered(us: Us, now: datetime, body: bytes) -> Received:
    try:
        told = lenient.decode(body, classic.Activity)
    except lenient.UnreadableError:
        return _refused(400, "This cannot be read.")
    if told.for_user_id != us.id:
        return _refused(404, "This is for another account.")
    posts = classic.posts(told, us)
    if any(now - at > FRESH for at in classic.moments(told)):
        return _refused(409, "This was sent long ago.")
    return Received(response=_TAKEN, posts=posts, delivery=sha256(body).hexdigest())


def _is_signed(secret: str, given: str, body: bytes) -> bool:
    """Compared in constant time, so that nobody feels their way to a signature."""
    return hmac.compare_digest(_signature(secret, body).encode(), given.encode(errors="replace"))


def _signature(secret: str, body: bytes) -> str:
    digest = hmac.digest(secret.encode(), body, "sha256")
    return "sha256=" + base64.b64encode(digest).decode()


def _refused(status: int, words: str) -> Received:
    posts: tuple[Post, ...] = ()
    return Received(response=Answer(status, {}, words.encode()), posts=posts)
