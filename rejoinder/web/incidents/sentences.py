"""What the register says: clocks, whom we told, what is missing before an incident is closed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.plumbing import clock
from rejoinder.privacy.incidents.clock import Standing
from rejoinder.privacy.incidents.closing import Lacks, Told
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident
from rejoinder.web.frame import words


def risk_labels() -> dict[str, str]:
    """What may come of it for people."""
    return {
        Risk.UNKNOWN: _("Not known yet"),
        Risk.UNLIKELY: _("A risk is unlikely"),
        Risk.LIKELY: _("A risk"),
        Risk.HIGH: _("A high risk"),
    }


def way_labels() -> dict[str, str]:
    """How people were told."""
    return {
        "letter": _("By letter"),
        "email": _("By e-mail"),
        "sms": _("By SMS"),
        "call": _("By a call"),
    }


def lacks(one: Lacks) -> str:
    """What to do before it may be closed."""
    return {
        Lacks.FACTS: _("Write what happened."),
        Lacks.EFFECTS: _("Write what it may lead to."),
        Lacks.REMEDY: _("Write what was done about it."),
        Lacks.FIXED: _("Write when it was repaired."),
        Lacks.LIST: _("List the people concerned, or write why they are not told."),
        Lacks.TOLD: _("Tell everybody who is listed, or write why they are not told."),
        Lacks.NOTICES: _("Tell each regulator, or write why they need not be told."),
    }[one]


def standing(one: Clock) -> str:
    """How a clock stands, in words."""
    if one.standing is Standing.MET_LATE and one.met_at and one.due_at:
        return _("done %(at)s, %(long)s late") % {
            "at": words.at(one.met_at),
            "long": words.length(one.met_at - one.due_at),
        }
    if one.met_at is not None:
        if one.notices and not one.notices[0].needed:
            return _("not needed, written down %(at)s") % {"at": words.at(one.met_at)}
        return _("done %(at)s") % {"at": words.at(one.met_at)}
    if one.due_at is None:
        return _("without undue delay")
    return words.due(one.due_at)


def is_late(one: Clock) -> bool:
    """Whether it ran out before it was met."""
    return one.standing in (Standing.LATE, Standing.MET_LATE)


def period(one: Clock) -> str:
    """What the law gives."""
    version = one.duty.version
    if version.hours is not None:
        return ngettext("%(n)d hour", "%(n)d hours", version.hours) % {"n": version.hours}
    if version.working_days is not None:
        said = ngettext("%(n)d working day", "%(n)d working days", version.working_days)
        return said % {"n": version.working_days}
    return _("without undue delay")


def told(state: Told, *, at_least: bool) -> str:
    """How far people were told."""
    if not state.listed:
        return _("Nobody is listed yet.")
    values = {"told": words.figure(state.told), "listed": words.figure(state.listed)}
    if at_least:
        return _("%(told)s of at least %(listed)s people were told.") % values
    return _("%(told)s of %(listed)s people were told.") % values


def until_told(incident: Incident, seen: Picture) -> str:
    """The time from the repair to the last person told; empty before either can be said."""
    if seen.until_told is None:
        return ""
    if not seen.told.everybody:
        return _("Repaired %(long)s ago, and people still wait to be told.") % {
            "long": _long(seen.until_told)
        }
    if seen.until_told < timedelta(0):
        return _("Everybody was told before it was repaired.")
    return _("From the repair to the last person told: %(long)s.") % {
        "long": _long(seen.until_told)
    }


def next_clock(seen: Picture) -> Clock | None:
    """The clock that runs out first, those without a last moment behind; None when none runs."""
    end = datetime.max.replace(tzinfo=clock.now().tzinfo)
    running = [one for one in seen.clocks if one.met_at is None]
    return min(running, key=lambda one: one.due_at or end, default=None)


def opened(incident: Incident) -> str:
    """When and by whom."""
    values = {
        "at": words.at(incident.aware_at),
        "name": incident.opened_by.name if incident.opened_by else _("the desk itself"),
    }
    return _("Known since %(at)s, opened by %(name)s.") % values


def _long(of: timedelta) -> str:
    return words.length(of) if of >= timedelta(minutes=1) else _("less than a minute")
