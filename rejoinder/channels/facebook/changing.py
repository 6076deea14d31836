"""Changing a comment of ours in its place, and taking it back; messages stay as they are."""

from typing import Any

from rejoinder.channels import lenient
from rejoinder.channels.contract import Receipt, Refused, Sent, Standing, TryLater, Uncertain
from rejoinder.channels.facebook import reading, sending, session, shapes
from rejoinder.channels.facebook.session import Session
from rejoinder.plumbing.answer import Answer, NoAnswerError

MESSAGE = "Facebook lets programs neither change nor take back a message."


def edit(way: Session, standing: Standing) -> Sent:
    """POST /{comment}. Raises nothing."""
    return _changed(way, "POST", standing, {"message": standing.reply.text})


def delete(way: Session, standing: Standing) -> Sent:
    """DELETE /{comment}; what is gone already is what was wanted. Raises nothing."""
    return _changed(way, "DELETE", standing)


def _changed(way: Session, verb: str, standing: Standing, json: Any = None) -> Sent:
    if standing.reply.private:
        return Refused(MESSAGE)
    try:
        answer = way.ask(verb, standing.external_id, {}, json=json)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status == 200:
        return _done(answer, standing)
    if verb == "DELETE" and session.is_gone(answer):
        return _receipt(standing)
    return sending.refusal(answer)


def _done(answer: Answer, standing: Standing) -> Sent:
    try:
        if lenient.decode(answer.body, shapes.Done).success:
            return _receipt(standing)
        return Refused("Facebook did not do it, and says no more.")
    except lenient.UnreadableError:
        return Uncertain("Facebook answered something that cannot be read.")


def _receipt(standing: Standing) -> Receipt:
    number = standing.external_id
    return Receipt(number, reading.address(number), standing.ref)
