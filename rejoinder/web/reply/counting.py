"""How long a text is, as its platform counts, in words."""

from typing import Any

from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.channels.contract import Count
from rejoinder.desk import cosign, guarding, length
from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words

FEW_LEFT = 20  # of what the platform counts; from here on the counter says how many


def counted(channel: str, text: str) -> dict[str, Any]:
    """The counter's parts: what is used, and the rest of its sentence."""
    found = registry.channels().get(channel)
    return _parts(text, found.count(text) if found else None)


def counted_in(talk: Conversation, writer: Advisor, text: str) -> dict[str, Any]:
    """The same for a reply of the writer in this conversation, with their sign where it has one."""
    alone = guarding.for_one_alone(talk, writer)
    parts = _parts(text, length.counted(talk, cosign.signed(talk, writer, text), private=alone))
    if mark := cosign.mark(talk, writer):
        parts["rest"] += " " + _("with %(sign)s") % {"sign": f"^{mark}"}
    return parts


def _parts(text: str, counted: Count | None) -> dict[str, Any]:
    if counted is None:
        return {"used": words.figure(len(text)), "rest": "", "ok": True}
    rest = "/" + words.figure(counted.allowed)
    left = counted.allowed - counted.used
    if left < 0:
        rest += _(", %(n)s too long") % {"n": words.figure(-left)}
    elif left < FEW_LEFT:
        rest += _(", %(n)s left") % {"n": words.figure(left)}
    return {"used": words.figure(counted.used), "rest": rest, "ok": counted.ok}
