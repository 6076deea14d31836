"""Changing a comment of ours in its place, and taking it back; messages stay as they are."""

from typing import Any

from rejoinder.channels.contract import Receipt, Refused, Sent, Standing
from rejoinder.channels.facebook import reading, sending
from rejoinder.channels.graph.sending import changed
from rejoinder.channels.graph.session import Session

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
    number = standing.external_id
    receipt = Receipt(number, reading.address(number), standing.ref)
    return changed(way, verb, number, receipt, sending.words_for, json)
