"""How long a text is, as its platform counts, in words."""

from typing import Any

from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.web import words

FEW_LEFT = 20  # of what the platform counts; from here on the counter says how many


def counted(channel: str, text: str) -> dict[str, Any]:
    """The counter's parts: what is used, and the rest of its sentence."""
    found = registry.channels().get(channel)
    if found is None:
        return {"used": words.figure(len(text)), "rest": "", "ok": True}
    counted = found.count(text)
    rest = "/" + words.figure(counted.allowed)
    left = counted.allowed - counted.used
    if left < 0:
        rest += _(", %(n)s too long") % {"n": words.figure(-left)}
    elif left < FEW_LEFT:
        rest += _(", %(n)s left") % {"n": words.figure(left)}
    return {"used": words.figure(counted.used), "rest": rest, "ok": counted.ok}
