"""Changing a comment of ours in its place, and taking it back."""

from collections.abc import Mapping

from rejoinder.channels.contract import Receipt, Refused, Sent, Standing, TryLater, Uncertain
from rejoinder.channels.flickr import reading, sending, session
from rejoinder.channels.flickr.session import Session
from rejoinder.plumbing.answer import NoAnswerError

GONE = {1, 2}  # no such photo, no such comment


def edit(way: Session, standing: Standing) -> Sent:
    """Other words after the name of whom it answers. Raises nothing."""
    to = str(standing.reply.ref.get("author", ""))
    words = reading.written(standing.reply.text, to)
    return _done(way, "editComment", standing, comment_text=words)


def delete(way: Session, standing: Standing) -> Sent:
    """What is gone already is what was wanted. Raises nothing."""
    return _done(way, "deleteComment", standing)


def _done(way: Session, method: str, standing: Standing, **more: str) -> Sent:
    given: Mapping[str, str] = {"comment_id": standing.external_id, **more}
    try:
        answer = way.ask("POST", f"flickr.photos.comments.{method}", given)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status != 200:
        return sending.unanswered(answer)
    said = session.fault(answer)
    if said.stat == "ok":
        return Receipt(standing.external_id, ref=standing.ref)
    if said.stat != "fail":
        return Uncertain("Flickr answered something that cannot be read.")
    if said.code in GONE:
        gone = Receipt(standing.external_id, ref=standing.ref)
        return gone if not more else Refused("This comment is not there any more.")
    return sending.refusal(said)
