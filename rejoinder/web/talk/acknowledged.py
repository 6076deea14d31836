"""What the desk said by itself, in words for the thread."""

from django.utils.translation import gettext as _

from rejoinder.outbox.models import UNSETTLED, Acknowledgement, State
from rejoinder.web.frame import words


def about(row: Acknowledgement) -> str:
    """Who had it said, and that nobody wrote it."""
    return _("private · automatic, begun by %(name)s") % {"name": row.advisor.name}


def foot(row: Acknowledgement) -> str:
    """Where it is."""
    if row.state == State.SENT and row.sent_at:
        return _("sent %(at)s") % {"at": words.at(row.sent_at)}
    if row.state == State.REFUSED:
        return _("did not leave: %(words)s") % {"words": row.words}
    if row.state in UNSETTLED:
        return _("nobody knows whether it arrived; people answer as ever")
    return _("leaves next")
