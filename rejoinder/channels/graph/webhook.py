"""What comes to our address: a challenge, and deliveries that are signed.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar

from rejoinder.channels import lenient
from rejoinder.channels.contract import Post, Received, TroubleError
from rejoinder.channels.graph import reading
from rejoinder.plumbing.answer import Answer

SIGNATURE = "x-hub-signature-256"
# Deliveries are tried again for 36 hours; what is older was kept by somebody to be sent once more.
FRESH = timedelta(hours=36)
LONGEST_CHALLENGE = 500

_TAKEN = Answer(200, {}, b"")


class Dated(Protocol):
    """What one account met; `time` is Unix seconds or milliseconds."""

    id: str
    time: float


Entry = TypeVar("Entry", bound=Dated)


@dataclass(frozen=True, slots=True)
class Hook(Generic[Entry]):
    """Whose deliveries: what `object` they name, their shape, and the posts in one of its entries.

    The shape has `object` and a list `entry`. What `posts` raises of TroubleError, the platform is
    asked to deliver again.
    """

    about: str
    shape: type[Any]
    posts: Callable[[Entry], Iterable[Post]]


def received(
    hook: Hook[Entry],
    secrets: Mapping[str, str],
    us: str,
    now: datetime,
    *,
    method: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
) -> Received:
    """The answer to a challenge, or the posts of a delivery that is signed, ours and fresh."""
    if method == "GET":
        return _challenged(secrets.get("verify_token", ""), query)
    secret = secrets.get("app_secret", "")
    if not secret:
        return _refused(404, "This account takes no webhooks: its app secret is missing.")
    if not _same(f"sha256={signature(secret, body)}", headers.get(SIGNATURE, "")):
        return _refused(403, "The signature does not fit.")
    return _delivered(hook, us, now, body)


def signature(secret: str, body: bytes) -> str:
    """Of the body as it came, before anything is read in it."""
    return hmac.digest(secret.encode(), body, "sha256").hex()


def _challenged(token: str, query: Mapping[str, str]) -> Received:
    challenge = query.get("hub.challenge", "")
    if not token:
        return _refused(404, "This account takes no webhooks: its verify token is missing.")
    if query.get("hub.mode") != "subscribe" or not _same(token, query.get("hub.verify_token", "")):
        return _refused(403, "The verify token does not fit.")
    if not challenge.isalnum() or len(challenge) > LONGEST_CHALLENGE:
        return _refused(400, "A challenge has a hub.challenge.")
    return Received(response=Answer(200, {"content-type": "text/plain"}, challenge.encode()))


def _delivered(hook: Hook[Entry], us: str, now: datetime, body: bytes) -> Received:
    try:
        told = lenient.decode(body, hook.shape)
    except lenient.UnreadableError:
        return _refused(400, "This cannot be read.")
    entries = [entry for entry in told.entry if told.object == hook.about and entry.id == us]
    if not entries:
        return _refused(404, "This is for another account.")
    sent = [reading.at(entry.time) for entry in entries]
    if any(at is None or now - at > FRESH for at in sent):
        return _refused(409, "This was sent long ago.")
    try:
        posts = [post for entry in entries for post in hook.posts(entry)]
    except TroubleError as trouble:
        return _refused(503, trouble.words)  # it is delivered again
    return Received(response=_TAKEN, posts=posts, delivery=sha256(body).hexdigest())


def _same(one: str, other: str) -> bool:
    """Compared in constant time, so that nobody feels their way to it."""
    return hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def _refused(status: int, words: str) -> Received:
    return Received(response=Answer(status, {}, words.encode()))
