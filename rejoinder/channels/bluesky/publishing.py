"""Publishing a post, keeping it at the top of the profile, finding out whether both arrived."""

from typing import Any

from msgspec.structs import replace

from rejoinder.channels.bluesky import sending, shapes, writing
from rejoinder.channels.bluesky.session import Session, fault, trouble, understood, words
from rejoinder.channels.contract import (
    Publication,
    Receipt,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.plumbing.answer import Answer, NoAnswerError

PUT = "com.atproto.repo.putRecord"
PROFILE = "app.bsky.actor.profile"


def publish(session: Session, us: shapes.Session, publication: Publication, key: str) -> Sent:
    """Post it under its key, then pin it. Nothing that happens on the way is raised."""
    try:
        record = writing.publication(publication, lambda handle: sending.resolve(session, handle))
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    outcome = sending.create(session, us, key, record)
    if not isinstance(outcome, Receipt):
        return outcome
    receipt = _in_thread(outcome, publication)
    return _pinned(session, us, receipt) if publication.pin else receipt


def find(
    session: Session, us: shapes.Session, publication: Publication, key: str
) -> Receipt | None:
    """The record under this key, pinned if it should be. Raises TroubleError."""
    found = sending.find(session, us, key)
    if found is None:
        return None
    if publication.pin and _pin(_profile(session, us)) != found.external_id:
        return None  # once more under the same key: that makes no second post, and pins it
    return _in_thread(found, publication)


def _in_thread(receipt: Receipt, publication: Publication) -> Receipt:
    """With what the next one has to name as the root of the thread."""
    first = {"uri": receipt.external_id, "cid": receipt.ref.get("cid", "")}
    if publication.external_id:
        before = {"uri": publication.external_id, "cid": publication.ref.get("cid", "")}
        first = publication.ref.get("root", before)
    return replace(receipt, ref=receipt.ref | {"root": first})


def _pinned(session: Session, us: shapes.Session, receipt: Receipt) -> Sent:
    """In the place of what was pinned; everything else of the profile stays as it is."""
    try:
        profile = _profile(session, us)
        link = {"uri": receipt.external_id, "cid": receipt.ref.get("cid", "")}
        body: dict[str, Any] = {
            "repo": us.did,
            "collection": PROFILE,
            "rkey": "self",
            "record": {"$type": PROFILE} | profile.value | {"pinnedPost": link},
            # Somebody may change the profile between our look and this; they win, we look again.
            "swapRecord": profile.cid or None,
        }
        answer = session.ask("POST", PUT, json=body)
    except TroubleError as error:
        return Uncertain(f"It is out and not pinned yet: {error.words}")
    except NoAnswerError as error:
        return Uncertain(f"It is out; whether it is pinned is not known: {error.words}")
    return _after(answer, receipt)


def _after(answer: Answer, receipt: Receipt) -> Sent:
    if answer.status == 200:
        return receipt
    said = f"It is out and not pinned: {words(answer)}"
    if 400 <= answer.status < 500 and answer.status not in {401, 408, 429}:
        again = fault(answer).error == "InvalidSwap"
        return Uncertain(said) if again else replace(receipt, words=said)
    return Uncertain(said)


def _profile(session: Session, us: shapes.Session) -> shapes.Kept:
    """Our profile record; an empty one where there is none yet. Raises TroubleError."""
    query: dict[str, Any] = {"repo": us.did, "collection": PROFILE, "rkey": "self"}
    try:
        answer = session.ask("GET", sending.FETCH, query=query)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status == 400 and fault(answer).error == "RecordNotFound":
        return shapes.Kept({})
    if answer.status != 200:
        raise trouble(answer)
    return understood(answer, shapes.Kept)


def _pin(profile: shapes.Kept) -> str:
    pinned = profile.value.get("pinnedPost")
    return str(pinned.get("uri", "")) if isinstance(pinned, dict) else ""
