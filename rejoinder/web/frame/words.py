"""The words of the desk for what the rooms below keep as values."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock, figures
from rejoinder.team.models import Advisor, Role

# Pages find all their words in this file; rooms below need these two as well.
figure = figures.figure
length = figures.length

_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def need_labels() -> dict[int, str]:
    """Each need by its word."""
    return {
        Need.URGENT: _("Urgent"),
        Need.SPECIFIC: _("Specific"),
        Need.COMMON: _("Common"),
        Need.VENT: _("Vent"),
        Need.ABUSE: _("Abuse"),
        Need.NONE: _("None"),
    }


def need_names() -> dict[str, str]:
    """The same by the name that a reading has for it."""
    return {Need(need).name.lower(): label for need, label in need_labels().items()}


def intent_labels() -> dict[str, str]:
    """What a mention is about."""
    return {
        "outage": _("Outage"),
        "coverage": _("Coverage"),
        "billing": _("Billing"),
        "sales": _("Buying or upgrading"),
        "account": _("Getting into the account"),
        "device": _("Device"),
        "privacy": _("Privacy and data"),
        "complaint": _("How a complaint was handled"),
        "praise": _("Praise"),
        "churn": _("Wants to leave"),
        "phishing": _("Warns of a fraud"),
        "not-us": _("Not our network"),
        "other": _("Something else"),
    }


def sentiment_labels() -> dict[str, str]:
    """How it is said."""
    return {"negative": _("Negative"), "neutral": _("Neutral"), "positive": _("Positive")}


def danger_labels() -> dict[str, str]:
    """Why somebody may be in danger, as a safety card says it."""
    return {
        "nothing": _("No danger"),
        "self-harm": _("May harm themselves"),
        "threat": _("Threat"),
        "domestic-abuse": _("Abuse at home"),
        "stalking": _("Stalking"),
    }


def purpose_labels() -> dict[str, str]:
    """What personal data may be opened for."""
    return {
        "care-reply": _("To answer the person"),
        "callback": _("To call back, as they asked"),
        "identity-check": _("To make sure that the account is theirs"),
        "account-security": _("To stop a fraud or a takeover"),
        "service-notice": _("To tell them of a fault that concerns them"),
        "legal-duty": _("Because a law or a regulator demands it"),
        "subject-access": _("To show them what is kept of them"),
        "marketing": _("To advertise, where they opted in"),
    }


def consent_ends() -> dict[str, str]:
    """Why a consent holds no more."""
    return {
        "refused": _("They said no"),
        "withdrawn": _("Taken back"),
        "over": _("Its time is over"),
        "anew": _("Asked anew"),
    }


def consent_ways() -> dict[str, str]:
    """How consent was asked for, and said."""
    return {"message": _("in a private message"), "call": _("on the telephone")}


def ledger_labels() -> dict[str, str]:
    """What an entry of the ledger tells of."""
    return {
        "opened": _("opened"),
        "refused": _("was refused"),
        "retagged": _("changed what it is kept for"),
        "erased": _("erased"),
        "covers": _("added a log"),
    }


def actor_names(actors: Collection[str]) -> dict[str, str]:
    """Who acted by an entry of the ledger: the names of advisors; a job is called what it is."""
    ids = [one.removeprefix("advisor ") for one in actors if one.startswith("advisor ")]
    rows = Advisor.objects.filter(public_id__in=ids)
    known = {f"advisor {one.public_id}": one.name for one in rows}
    return {one: known.get(one, one.removeprefix("job ")) for one in actors}


def role_labels() -> dict[str, str]:
    """Each role by its word."""
    return {
        Role.OWNER: _("Owner"),
        Role.LEAD: _("Lead"),
        Role.ADVISOR: _("Advisor"),
        Role.TRAINEE: _("Trainee"),
        Role.AUDITOR: _("Auditor"),
    }


def kept_back(talk: Conversation) -> str:
    """Why the plan keeps an answer back, and until when it looks again; empty when it does not."""
    if not talk.kept_back or talk.need == Need.URGENT or talk.holder_id or not talk.waiting_since:
        return ""
    sentence = {
        "limit": _("No reply may leave before %(at)s"),
        "money": _("The money for replies is spent; looked at again at %(at)s"),
        "kept-for-urgent": _("Kept back for urgent people until %(at)s"),
        "kept-for-needier": _("Kept back for people in greater need until %(at)s"),
        "past-the-hour": _("Past the hour; kept back for people still in time until %(at)s"),
        "update-may-settle": _("A public answer may settle it; looked at again at %(at)s"),
    }.get(talk.kept_back, _("Kept back until %(at)s"))
    return sentence % {"at": at(talk.kept_until or clock.now())}


def kept_back_reasons() -> dict[str, str]:
    """Why the plan keeps answers back, by the code of the reason."""
    return {
        "limit": _("No reply may leave now"),
        "money": _("The money for replies is spent"),
        "kept-for-urgent": _("Kept for urgent people"),
        "kept-for-needier": _("Kept for people in greater need"),
        "past-the-hour": _("Past the hour: kept for people still in time"),
        "update-may-settle": _("A public answer may settle it"),
    }


def way_reasons() -> dict[str, str]:
    """Why the plan has somebody answered in another way, by the code of the reason."""
    return {
        "private-has-room": _("Answer privately: a private message has room"),
        "no-api": _("Send it by hand: the platform lets no program answer"),
    }


def mode_labels() -> dict[str, str]:
    """How turns within one need are ordered."""
    return {
        "within-the-hour": _("Whom an answer reaches within the hour first, then the others"),
        "strict": _("Strictly as they came"),
    }


def age(since: datetime) -> str:
    """How long ago, in the one unit that matters: "40 min", "3 h", "2 days", "9 years"."""
    return length(clock.now() - since)


def ago(since: datetime) -> str:
    """The same for a sentence, with seconds: "20 s ago"."""
    seconds = int(max(0.0, (clock.now() - since).total_seconds()))
    if seconds < 60:
        return _("%(n)d s ago") % {"n": seconds}
    return _("%(age)s ago") % {"age": age(since)}


def at(moment: datetime) -> str:
    """The time; with its day when that is not today, with its year when that is not this one."""
    here, today = timezone.localtime(moment), timezone.localtime(clock.now())
    time = date_format(here, "H:i")
    if here.date() == today.date():
        return time
    day = date_format(here, "j M" if here.year == today.year else "j M Y")
    return f"{day}, {time}"


def due(moment: datetime) -> str:
    """When something is due, and what is left or how late it is: "due 15:00, in 28 min"."""
    if moment < clock.now():
        return _("due %(at)s, %(long)s late") % {"at": at(moment), "long": age(moment)}
    ahead = length(moment - clock.now())
    return _("due %(at)s, in %(long)s") % {"at": at(moment), "long": ahead}


def left(until: datetime) -> str:
    """What is left until then as a clock shows it: "9:12"."""
    seconds = seconds_until(until)
    return f"{seconds // 60}:{seconds % 60:02}"


def seconds_until(moment: datetime) -> int:
    """Whole seconds until then; none when it is over."""
    return int(max(timedelta(0), moment - clock.now()).total_seconds())


def span(length: timedelta) -> str:
    """The window of a limit: "in 5 min", "in 1 day"."""
    return _("in %(length)s") % {"length": age(clock.now() - length)}


def plain(name: str) -> str:
    """A name that stands in a sentence of ours: it cannot turn the words around it about.

    Takes out the marks that force a direction (Unicode Standard Annex 9, sections 2.1 to 2.4).
    """
    return name.translate(_DIRECTIONS)
