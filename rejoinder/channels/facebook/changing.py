"""Changing a comment of ours, taking it back, hiding another's; messages stay as they are."""

from typing import Any

from rejoinder.channels.contract import Hiding, Receipt, Refused, Sent, Standing
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


def hide(way: Session, hiding: Hiding) -> Sent:
    """POST /{comment} with is_hidden. Whoever wrote it and their friends see it all the same.

    Raises nothing.
    """
    number = hiding.external_id
    receipt = Receipt(number, reading.address(number), hiding.ref)
    said = {"is_hidden": hiding.hidden}
    return changed(way, "POST", number, receipt, sending.words_for, said)


def _changed(way: Session, verb: str, standing: Standing, json: Any = None) -> Sent:
    if standing.reply.private:
        return Refused(MESSAGE)
    number = standing.external_id
    receipt = Receipt(number, reading.address(number), standing.ref)
    return changed(way, verb, number, receipt, sending.words_for, json)
