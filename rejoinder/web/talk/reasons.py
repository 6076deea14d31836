"""Why a reading says what it says, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.desk.blurred import lines
from rejoinder.listening.models import Mention
from rejoinder.privacy.find.markers import markers


def sentence(mention: Mention) -> str:
    """The weightiest reason for the need; empty when the mention was not read."""
    return next(iter(sentences(mention)), "")


def sentences(mention: Mention) -> list[str]:
    """All the reasons, the weightiest first; none cites what is not shown."""
    given = (mention.reading or {}).get("why") or []
    hidden = bool(blurred(mention))
    return [said(code, "…" if hidden else words) for code, words in given]


def blurred(mention: Mention) -> str:
    """What lies under the word instead of the text; empty for what is shown as it is."""
    if mention.ours or mention.deleted_at:
        return ""
    n = lines([mention.need], [mention.text])[0]
    return ngettext("Abuse, %(n)d line", "Abuse, %(n)d lines", n) % {"n": n} if n else ""


def said(code: str, words: str) -> str:
    """One reason by its code (`listening/read/reasons.py`), citing the post."""
    found = _reasons().get(code)
    return found % {"words": words} if found else words


def personal(mention: Mention) -> str:
    """Which kinds of personal data are hidden in it."""
    labels = kind_labels()
    kinds = dict.fromkeys(labels[span.kind] for span in markers(mention.text))
    return _("%(kinds)s, hidden") % {"kinds": ", ".join(kinds)} if kinds else ""


def kind_labels() -> dict[str, str]:
    """Each kind of personal data by its word."""
    return {
        "phone": _("phone number"),
        "email": _("e-mail address"),
        "postcode": _("postcode"),
        "address": _("address"),
        "card": _("card number"),
        "bank": _("bank details"),
        "national-insurance": _("National Insurance number"),
        "birth": _("date of birth"),
        "name": _("name"),
        "account": _("account or order number"),
    }


def _reasons() -> dict[str, str]:
    return {
        "emergency": _("an emergency call may fail: “%(words)s”"),
        "alarm": _("an alarm, or what keeps somebody alive, may fail: “%(words)s”"),
        "body": _("somebody may be hurt, ill or in danger: “%(words)s”"),
        "depends": _("somebody depends on being reached: “%(words)s”"),
        "fraud": _("fraud or a takeover may be in progress: “%(words)s”"),
        "exposed": _("personal data may lie open: “%(words)s”"),
        "self-harm": _("speaks of self-harm: “%(words)s”"),
        "threat": _("threatens violence: “%(words)s”"),
        "domestic-abuse": _("somebody close hurts or controls them: “%(words)s”"),
        "stalking": _("somebody is followed or watched: “%(words)s”"),
        "like-urgent": _("reads like posts that were urgent: “%(words)s”"),
        "own": _("their own case: “%(words)s”"),
        "asks": _("asks: “%(words)s”"),
        "again": _("says “%(words)s”"),
        "hurry": _("presses: “%(words)s”"),
        "failing": _("something does not work: “%(words)s”"),
        "leaving": _("thinks of leaving: “%(words)s”"),
        "insult": _("insults people: “%(words)s”"),
        "insult-asks": _("insults, and still asks for something"),
        "thanks": _("thanks or praises: “%(words)s”"),
        "figure": _("a figure of speech, not danger"),
        "like": _("reads like posts of this need"),
        "asked-by-many": _("asks what many ask: %(words)s people"),
        "urgent-question": _("a lead calls each who asks this urgent: %(words)s"),
        "one-of-many": _("reads like posts that were urgent, as so many do now"),
        "corrected": _("an advisor corrected a post that says nearly the same"),
    }
