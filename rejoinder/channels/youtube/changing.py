"""Changing a reply of ours, taking it back, hiding another's: each takes as many units as one."""

from rejoinder.channels.contract import (
    Hiding,
    Receipt,
    Sent,
    Standing,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.youtube import sending, session
from rejoinder.channels.youtube.session import Query, Session
from rejoinder.plumbing.answer import Answer, NoAnswerError

GONE = {"commentNotFound", "notFound"}


def edit(way: Session, standing: Standing) -> Sent:
    """By comments.update. Raises nothing."""
    said = {"id": standing.external_id, "snippet": {"textOriginal": sending.text(standing.reply)}}
    answer = _asked(way, "PUT", {"part": "snippet"}, said)
    if not isinstance(answer, Answer):
        return answer
    return sending.outcome(answer, standing.reply)


def delete(way: Session, standing: Standing) -> Sent:
    """By comments.delete; what is gone already is what was wanted. Raises nothing."""
    answer = _asked(way, "DELETE", {"id": standing.external_id})
    if not isinstance(answer, Answer):
        return answer
    if answer.status in {200, 204} or (answer.status == 404 and session.reason(answer) in GONE):
        return Receipt(standing.external_id, ref=standing.ref)
    return sending.refusal(answer)


def hide(way: Session, hiding: Hiding) -> Sent:
    """By comments.setModerationStatus: held for review, from where it can be published again.

    Raises nothing.
    """
    status = "heldForReview" if hiding.hidden else "published"
    query: Query = {"id": hiding.external_id, "moderationStatus": status}
    answer = _asked(way, "POST", query, path="comments/setModerationStatus")
    if not isinstance(answer, Answer):
        return answer
    if answer.status in {200, 204}:
        return Receipt(hiding.external_id, ref=hiding.ref)
    return sending.refusal(answer)


def _asked(
    way: Session, verb: str, query: Query, json: object = None, path: str = "comments"
) -> Answer | TryLater | Uncertain:
    try:
        return way.ask(verb, path, query, json=json)
    except TroubleError as trouble:  # before anything was asked
        return TryLater(trouble.after, trouble.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
