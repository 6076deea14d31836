"""Where a reply of ours is, in words."""

from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk.by_hand import only_by_hand
from rejoinder.listening.models import Mention
from rejoinder.outbox.models import LEAVING, Reply, State
from rejoinder.plumbing import clock
from rejoinder.web.frame import words

API, HAND = "api", "hand"
SOON = 60.0  # seconds; a reply that leaves sooner says so in seconds


def state_words(reply: Reply) -> str:
    """One sentence: where it is, and what that means for whoever wrote it."""
    if reply.state in LEAVING:
        return _waiting(reply)
    if reply.state == State.SENDING:
        return _("leaving now")
    if reply.state == State.SENT and reply.sent_at:
        sent = _("sent %(at)s") % {"at": words.at(reply.sent_at)}
        return f"{sent}. {reply.words}" if reply.words else sent
    if reply.state == State.UNCERTAIN:
        return _uncertain(reply)
    if reply.state == State.REFUSED:
        return _("refused: %(words)s") % {"words": reply.words}
    return _("taken back")


def answered(mention: Mention) -> str:
    """How the platform lets this be answered: API or HAND; empty where it makes no difference."""
    found = only_by_hand(mention)
    if found is None:
        return ""
    return HAND if found else API


def reads_back(reply: Reply) -> bool:
    """Whether the desk can look up by itself if the reply arrived, and nobody has to act."""
    if reply.by_hand:
        return False
    found = registry.channels().get(reply.account.channel)
    return found is not None and found.can.reads_back


def changeable(reply: Reply) -> bool:
    """Whether its platform lets one change or take back what was said."""
    found = registry.channels().get(reply.account.channel)
    return found is not None and (found.can.edit or found.can.delete)


def _waiting(reply: Reply) -> str:
    seconds = (reply.due_at - clock.now()).total_seconds()
    if seconds <= 0:
        return _("leaves next")
    if seconds <= SOON:
        return _("leaves in %(n)d s") % {"n": round(seconds)}
    when = _("leaves at %(at)s") % {"at": words.at(reply.due_at)}
    return f"{when}: {reply.words}" if reply.words else when


def _uncertain(reply: Reply) -> str:
    if reply.by_hand:
        return _("by hand: open the page, send it there. We see it on our own timeline")
    if reads_back(reply):
        return _("uncertain: we are reading our timeline before trying again; you need do nothing")
    return _(
        "uncertain: nobody can look this up for us. Look there yourself, then say what you see"
    )
