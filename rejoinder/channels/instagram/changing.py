"""Taking a comment of ours back, and hiding another's.

Instagram has no editing of comments, and keeps messages.
"""

from rejoinder.channels.contract import Hiding, Receipt, Refused, Sent, Standing
from rejoinder.channels.graph.sending import changed
from rejoinder.channels.graph.session import Session
from rejoinder.channels.instagram import sending
from rejoinder.channels.instagram.reading import SITE

MESSAGE = "Instagram lets no program take back a message."
ELSEWHERE = (
    "Instagram lets programs delete comments below our own posts alone. Delete this one in "
    "Instagram's app."
)


def delete(way: Session, standing: Standing) -> Sent:
    """DELETE /{comment}; what is gone already is what was wanted. Raises nothing."""
    if standing.reply.private:
        return Refused(MESSAGE)
    if standing.ref.get("elsewhere"):
        return Refused(ELSEWHERE)
    number = standing.external_id
    receipt = Receipt(number, SITE, standing.ref)
    return changed(way, "DELETE", number, receipt, sending.words_for)


def hide(way: Session, hiding: Hiding) -> Sent:
    """POST /{comment} with hide. Raises nothing."""
    number = hiding.external_id
    receipt = Receipt(number, SITE, hiding.ref)
    return changed(way, "POST", number, receipt, sending.words_for, {"hide": hiding.hidden})
