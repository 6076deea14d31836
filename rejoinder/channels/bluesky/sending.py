"""Posting a reply once, and finding out whether an earlier try arrived."""

from typing import Any

from msgspec.structs import replace

from rejoinder.channels import lenient, rate_headers
from rejoinder.channels.bluesky import reading, shapes, writing
from rejoinder.channels.bluesky.session import (
    File,
    Session,
    fault,
    trouble,
    understood,
    wait,
    words,
)
from rejoinder.channels.contract import (
    Film,
    Outgoing,
    Picture,
    Receipt,
    Refused,
    Sent,
    Standing,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

CREATE = "com.atproto.repo.createRecord"
DELETE = "com.atproto.repo.deleteRecord"
FETCH = "com.atproto.repo.getRecord"
UPLOAD = "com.atproto.repo.uploadBlob"
RESOLVE = "com.atproto.identity.resolveHandle"


class _NotTakenError(Exception):
    """A picture or film that the server refuses; the message has its words."""


def send(session: Session, us: shapes.Session, outgoing: Outgoing, key: str) -> Sent:
    """Create the record under its key. Nothing that happens on the way is raised."""
    try:
        record = writing.record(outgoing, lambda handle: _did(session, outgoing, handle))
        if outgoing.pictures:
            blobs = [_uploaded(session, each) for each in outgoing.pictures]
            record["embed"] = writing.images(outgoing.pictures, blobs)
        if outgoing.film:
            # Bluesky's own service makes it ready to play once the post is there
            # (docs.bsky.app, Uploading Video: the simple method).
            record["embed"] = writing.video(outgoing.film, _uploaded(session, outgoing.film))
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    except _NotTakenError as refusal:
        return Refused(str(refusal))
    return create(session, us, key, record)


def create(session: Session, us: shapes.Session, key: str, record: dict[str, Any]) -> Sent:
    """Create a post's record under its key, or find that an earlier try did."""
    body = {"repo": us.did, "collection": writing.COLLECTION, "rkey": key, "record": record}
    try:
        answer = session.ask("POST", CREATE, json=body)
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    outcome = _outcome(answer, us.handle)
    if isinstance(outcome, Uncertain):
        outcome = _looked_up(session, us, key, outcome)
    # Until one is nearly used up these are of the address's limit, whose window no limit of ours
    # has (measured); the desk passes over what it does not know.
    return replace(outcome, observed=rate_headers.draft(answer.header, clock.now()))


def _uploaded(session: Session, picture: Picture | Film) -> dict[str, Any]:
    """What the server calls the picture or film: the same for the same bytes.

    Raises TroubleError, and _NotTakenError for a picture that it will never take.
    """
    try:
        answer = session.ask("POST", UPLOAD, file=File(picture.data, picture.media_type))
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status in {400, 413, 415}:
        what = "film" if isinstance(picture, Film) else "picture"
        raise _NotTakenError(f"The {what} was not taken: {words(answer)}")
    if answer.status != 200:
        raise trouble(answer)
    return understood(answer, shapes.Uploaded).blob


def delete(session: Session, us: shapes.Session, standing: Standing) -> Sent:
    """Take the record away; where there is none the server says so too. Raises nothing."""
    key = standing.external_id.rpartition("/")[2]
    body = {"repo": us.did, "collection": writing.COLLECTION, "rkey": key}
    try:
        answer = session.ask("POST", DELETE, json=body)
    except TroubleError as error:  # before anything was asked
        return TryLater(error.after, error.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status == 200:
        return Receipt(standing.external_id, ref=standing.ref)
    return _outcome(answer, us.handle)


def find(session: Session, us: shapes.Session, key: str) -> Receipt | None:
    """The record under this key, if it is there. Raises TroubleError when that cannot be told."""
    query: dict[str, Any] = {"repo": us.did, "collection": writing.COLLECTION, "rkey": key}
    try:
        answer = session.ask("GET", FETCH, query=query)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status == 400 and fault(answer).error == "RecordNotFound":
        return None
    if answer.status != 200:
        raise TroubleError(f"Bluesky answered {answer.status}: {words(answer)}", after=30)
    return _receipt(understood(answer, shapes.Written), us.handle)


def _looked_up(session: Session, us: shapes.Session, key: str, outcome: Uncertain) -> Sent:
    # A key that is taken is answered with 500 by the reference server: our earlier try arrived.
    try:
        return find(session, us, key) or outcome
    except TroubleError:
        return outcome


def _did(session: Session, outgoing: Outgoing, handle: str) -> str | None:
    """Whom a handle names; the person we answer is known from the post's address."""
    if handle.lower() == outgoing.to_handle.lower():
        return reading.author(outgoing.to) or None
    return resolve(session, handle)


def resolve(session: Session, handle: str) -> str | None:
    """Whom a handle names; None when nobody has it. Raises TroubleError."""
    try:
        answer = session.ask("GET", RESOLVE, query={"handle": handle})
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status == 400:
        return None  # nobody has this handle: the words stay words
    if answer.status != 200:
        raise TroubleError(f"Bluesky answered {answer.status}: {words(answer)}", after=30)
    return understood(answer, shapes.Resolved).did


def _outcome(answer: Answer, handle: str) -> Sent:
    status = answer.status
    if status == 200:
        return _receipt_if_whole(answer, handle)
    if status == 429:
        return TryLater(wait(answer), words(answer), limited=True)
    if 300 <= status < 400:
        return TryLater(300, "The service has moved. Correct its address.")
    if status in {401, 404, 408}:  # the account or the address is wrong, the reply is not
        return TryLater(60, words(answer))
    if 400 <= status < 500:
        return Refused(words(answer))
    return Uncertain(f"Bluesky answered {status}: {words(answer)}")


def _receipt_if_whole(answer: Answer, handle: str) -> Receipt | Uncertain:
    try:
        return _receipt(lenient.decode(answer.body, shapes.Written), handle)
    except lenient.UnreadableError:
        return Uncertain("Bluesky answered something that cannot be read.")


def _receipt(written: shapes.Written, handle: str) -> Receipt:
    return Receipt(
        external_id=written.uri,
        url=reading.page(handle, written.uri),
        ref={"cid": written.cid},
    )
