"""A film of ours on X: brought in pieces, worked on there, said in words, then named by the post.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked
"""

from base64 import b64encode

from rejoinder.channels import underway
from rejoinder.channels.contract import Film, Refused, TroubleError, TryLater
from rejoinder.channels.underway import Brought, Underway
from rejoinder.channels.x import shapes
from rejoinder.channels.x.pictures import METADATA, UPLOAD, refused
from rejoinder.channels.x.session import Session, understood
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError

PIECE = 2_000_000  # bytes; X takes 1,000 pieces of up to 5 MB
LONGEST = 40.0  # seconds that one send brings pieces; the next goes on where it ended
_DONE, _FAILED = "succeeded", "failed"


def bring(session: Session, film: Film, before: Underway) -> list[str] | TryLater | Refused:
    """Its number on X; nothing was posted where X does not take it."""
    try:
        outcome = _brought(session, film, before)
    except TroubleError as error:
        return TryLater(error.after, error.words)
    except NoAnswerError as error:  # a film that no post names is forgotten there
        return TryLater(10, error.words)
    if isinstance(outcome, Refused):
        before.forget(film)
        return outcome
    return [outcome.number]


def _brought(session: Session, film: Film, before: Underway) -> Brought | Refused:
    found = before.find(film) or _begun(session, film, before)
    if isinstance(found, Refused) or found.whole:
        return found
    return (
        _pieces(session, film, found)
        or _finished(session, film, found, before)
        or underway.wait(found, lambda: _asked(session, found))
        or _described(session, film, found)
        or found
    )


def _begun(session: Session, film: Film, before: Underway) -> Brought | Refused:
    body = {
        "media_type": film.media_type,
        "total_bytes": len(film.data),
        "media_category": "tweet_video",
    }
    answer = session.ask("POST", f"{UPLOAD}/initialize", json=body)
    if no := refused(answer, "film"):
        return no
    return before.begin(film, understood(answer, shapes.Uploaded).data.id)


def _pieces(session: Session, film: Film, found: Brought) -> Refused | None:
    """Those that are not there yet; one that comes twice is there once, by its number."""
    ends = clock.running() + LONGEST
    while found.bytes < len(film.data):
        if clock.running() > ends:
            raise TroubleError("The film is on its way to X.", after=1)
        piece = film.data[found.bytes : found.bytes + PIECE]
        body = {"media": b64encode(piece).decode(), "segment_index": found.bytes // PIECE}
        answer = session.ask("POST", f"{UPLOAD}/{found.number}/append", json=body)
        if no := refused(answer, "film"):
            return no
        found.bytes += len(piece)
    return None


def _finished(session: Session, film: Film, found: Brought, before: Underway) -> Refused | None:
    """All pieces are one film now. Where no answer comes it is brought anew: X ends one once."""
    if found.finished:
        return None
    try:
        no = refused(session.ask("POST", f"{UPLOAD}/{found.number}/finalize"), "film")
    except (TroubleError, NoAnswerError):
        before.forget(film)
        raise
    found.finished = no is None
    return no


def _asked(session: Session, found: Brought) -> float | Refused | None:
    query: dict[str, str | int | list[str]] = {"media_id": found.number, "command": "STATUS"}
    answer = session.ask("GET", UPLOAD, query=query)
    if no := refused(answer, "film"):
        return no
    info = understood(answer, shapes.Uploaded).data.processing_info
    if info is None or info.state == _DONE:
        return None
    if info.state == _FAILED:
        said = str(info.error.get("message") or info.error.get("name") or "X could not read it.")
        return Refused(f"The film was not taken: {said}")
    return max(underway.STEP, info.check_after_secs)


def _described(session: Session, film: Film, found: Brought) -> Refused | None:
    """Words that do not arrive would leave somebody out: then the film does not leave either."""
    said = {"id": found.number, "metadata": {"alt_text": {"text": film.alt}}}
    no = refused(session.ask("POST", METADATA, json=said), "film")
    found.whole = no is None
    return no
