"""Writing a comment once, and finding it below the photo when nobody knows whether it arrived."""

from datetime import timedelta

from rejoinder.channels import lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TryLater,
    Uncertain,
)
from rejoinder.channels.flickr import reading, session, shapes
from rejoinder.channels.flickr.session import Session
from rejoinder.plumbing.answer import Answer, NoAnswerError

SLACK = timedelta(minutes=2)  # between Flickr's clock and ours


def send(way: Session, us: str, outgoing: Outgoing) -> Sent:
    """A comment on the same photo that names whom it answers. Raises nothing."""
    given = {
        "photo_id": str(outgoing.ref.get("photo", "")),
        "comment_text": reading.written(outgoing.text, str(outgoing.ref.get("author", ""))),
    }
    try:
        answer = way.ask("POST", "flickr.photos.comments.addComment", given)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return _outcome(answer, us, given["photo_id"])


def find(way: Session, us: str, outgoing: Outgoing) -> Receipt | None:
    """Our comment that names this person with these words. Raises TroubleError."""
    photo, to = str(outgoing.ref.get("photo", "")), str(outgoing.ref.get("author", ""))
    found = way.read("flickr.photos.comments.getList", shapes.CommentList, photo_id=photo)
    since = (outgoing.created_at - SLACK).timestamp()
    for comment in reversed(found.comments.comment):
        ours = comment.author == us and reading.second(comment) >= since
        same = reading.bare(comment.content).split() == outgoing.text.split()
        if ours and same and reading.named(comment.content) == to:
            return _receipt(comment.id, us, photo)
    return None


def _outcome(answer: Answer, us: str, photo: str) -> Sent:
    if answer.status != 200:
        return unanswered(answer)
    said = session.fault(answer)
    if said.stat == "fail":
        return refusal(said)
    try:
        return _receipt(lenient.decode(answer.body, shapes.Added).comment.id, us, photo)
    except lenient.UnreadableError:
        return Uncertain("Flickr answered something that cannot be read.")


def unanswered(answer: Answer) -> Sent:
    """What an answer means that brings no word of Flickr's."""
    words = session.trouble(answer).words
    if answer.status == 429:
        return TryLater(session.wait(answer), words, limited=True)
    if 300 <= answer.status < 400:
        return TryLater(300, words)
    if answer.status in {401, 403, 404, 408}:  # the way there, not the reply
        return TryLater(60, words)
    return Refused(words) if 400 <= answer.status < 500 else Uncertain(words)


def refusal(said: shapes.Fault) -> Sent:
    """https://www.flickr.com/services/api/flickr.photos.comments.addComment.html"""
    words = session.RefusedError(said).words
    if said.code == session.TOO_FAST:
        return TryLater(session.SLOW_DOWN, words, limited=True)
    if said.code in session.SIGN_IN:
        return TryLater(300, words)
    if said.code == session.UNAVAILABLE:
        return TryLater(60, words)
    if said.code == session.WRITE_FAILED:
        return Uncertain(words)
    return Refused(words)


def _receipt(number: str, us: str, photo: str) -> Receipt:
    mark = number.rpartition("-")[2]
    return Receipt(number, f"{reading.SITE}{us}/{photo}/#comment{mark}", {"photo": photo})
