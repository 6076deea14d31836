"""Writing a reply once, and finding it in its thread when nobody knows whether it arrived."""

from datetime import timedelta

from rejoinder.channels import lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.youtube import reading, session, shapes
from rejoinder.channels.youtube.session import Query, Session
from rejoinder.plumbing.answer import Answer, NoAnswerError

SLACK = timedelta(minutes=2)  # between YouTube's clock and ours
PAGES = 10


def send(way: Session, outgoing: Outgoing) -> Sent:
    """By comments.insert, below the thread. Raises nothing."""
    said = {"parentId": _thread(outgoing), "textOriginal": text(outgoing)}
    try:
        answer = way.ask("POST", "comments", {"part": "snippet"}, json={"snippet": said})
    except TroubleError as trouble:  # before anything was posted
        return TryLater(trouble.after, trouble.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return outcome(answer, outgoing)


def find(way: Session, us: str, outgoing: Outgoing) -> Receipt | None:
    """Our reply with these words in this thread. Raises TroubleError."""
    query: Query = {"part": "snippet", "parentId": _thread(outgoing), "maxResults": 100}
    query["textFormat"] = "plainText"
    for _ in range(PAGES):
        page = way.read("comments", shapes.Comments, query)
        for comment in page.items:
            if _is_it(comment, us, outgoing):
                return _receipt(comment.id, outgoing)
        if not page.next_page_token:
            return None
        query["pageToken"] = page.next_page_token
    raise TroubleError("The thread has more replies than the desk reads. Look there.", after=300)


def _is_it(comment: shapes.Comment, us: str, outgoing: Outgoing) -> bool:
    at = reading.moment(comment.snippet.published_at)
    late = at is not None and at >= outgoing.created_at - SLACK
    ours = comment.snippet.author_channel_id.value == us
    return ours and late and reading.words(comment).split() == text(outgoing).split()


def _thread(outgoing: Outgoing) -> str:
    return str(outgoing.ref.get("thread", outgoing.root))


def text(outgoing: Outgoing) -> str:
    """The reply as it is written there, with whom it names."""
    reply = bool(outgoing.ref.get("reply"))
    return reading.prefix(outgoing.to_handle, reply=reply) + outgoing.text


def outcome(answer: Answer, outgoing: Outgoing) -> Sent:
    """What became of what was written."""
    if answer.status != 200:
        return refusal(answer)
    try:
        return _receipt(lenient.decode(answer.body, shapes.Comment).id, outgoing)
    except lenient.UnreadableError:
        return Uncertain("YouTube answered something that cannot be read.")


def refusal(answer: Answer) -> Sent:
    """https://developers.google.com/youtube/v3/docs/comments/insert#errors"""
    why, said = session.reason(answer), session.trouble(answer).words
    if answer.status == 429 or why in session.DAY_IS_OVER | session.SLOW_DOWN:
        return TryLater(session.wait(answer), said, limited=True)
    if 300 <= answer.status < 400:
        return TryLater(300, said)
    if answer.status in {401, 408} or why in session.SIGN_IN:  # the account, not the reply
        return TryLater(300, said)
    if answer.status >= 500 or answer.status < 300 or why == "processingFailure":
        return Uncertain(said)
    return Refused(session.words(answer))


def _receipt(number: str, outgoing: Outgoing) -> Receipt:
    url = reading.address(str(outgoing.ref.get("video", "")), number)
    return Receipt(number, url, {"thread": _thread(outgoing), "reply": True})
