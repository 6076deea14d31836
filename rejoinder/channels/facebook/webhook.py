"""What Facebook sends to our address: its challenge, and what our Page meets, each signed.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from rejoinder.channels import lenient
from rejoinder.channels.contract import Received, TroubleError
from rejoinder.channels.facebook import activity
from rejoinder.plumbing.answer import Answer

SIGNATURE = "x-hub-signature-256"
# Facebook tries again for 36 hours; what is older was kept by somebody to be sent once more.
FRESH = timedelta(hours=36)
LONGEST_CHALLENGE = 500

_TAKEN = Answer(200, {}, b"")


def received(
    secrets: Mapping[str, str],
    us: str,
    now: datetime,
    author: activity.Author,
    *,
    messages: bool,
    method: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
) -> Received:
    """The answer to a challenge, or the posts of a delivery that is Facebook's own and fresh."""
    if method == "GET":
        return _challenged(secrets.get("verify_token", ""), query)
    secret = secrets.get("app_secret", "")
    if not secret:
        return _refused(404, "This account takes no webhooks: its app secret is missing.")
    if not _same(f"sha256={signature(secret, body)}", headers.get(SIGNATURE, "")):
        return _refused(403, "The signature does not fit.")
    return _delivered(us, now, body, author, messages=messages)


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


def _delivered(
    us: str, now: datetime, body: bytes, author: activity.Author, *, messages: bool
) -> Received:
    try:
        told = lenient.decode(body, activity.Activity)
    except lenient.UnreadableError:
        return _refused(400, "This cannot be read.")
    entries = [entry for entry in told.entry if told.object == "page" and entry.id == us]
    if not entries:
        return _refused(404, "This is for another account.")
    sent = [activity.at(entry.time) for entry in entries]
    if any(at is None or now - at > FRESH for at in sent):
        return _refused(409, "This was sent long ago.")
    try:
        posts = [
            post
            for entry in entries
            for post in activity.posts(entry, us, author, messages=messages)
        ]
    except TroubleError as trouble:
        return _refused(503, trouble.words)  # Facebook delivers it again
    return Received(response=_TAKEN, posts=posts, delivery=sha256(body).hexdigest())


def _same(one: str, other: str) -> bool:
    """Compared in constant time, so that nobody feels their way to it."""
    return hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def _refused(status: int, words: str) -> Received:
    return Received(response=Answer(status, {}, words.encode()))
