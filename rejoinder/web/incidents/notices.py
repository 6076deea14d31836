"""What a regulator's first notice asks for, filled in with what the register knows.

UK GDPR, Article 33(3), and Annex I of Regulation (EU) 611/2013.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.privacy.incidents.clock import Standing
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident
from rejoinder.team.models import Advisor, Organisation
from rejoinder.web.frame import words
from rejoinder.web.incidents import sentences


def prefilled(incident: Incident, seen: Picture, one: Clock, reader: Advisor) -> str:
    """The text of the next notice, to be completed and sent by a person."""
    organisation = Organisation.objects.first() or Organisation()
    sent = [notice for notice in one.notices if notice.needed]
    phase = _("Update %(n)d") % {"n": len(sent)} if sent else _("First notification")
    lines = [
        (_("To"), f"{one.duty.rule.whom} ({one.duty.rule.law})"),
        (_("Notification"), phase),
        (_("From"), organisation.name),
        (_("Contact"), reader.name),
        (_("Incident"), incident.name),
        (_("Began"), at(incident.began_at)),
        (_("Became known"), at(incident.aware_at)),
        (_("Repaired"), at(incident.fixed_at)),
        (_("What happened"), incident.facts),
        (_("People concerned"), _concerned(incident, seen)),
        (_("Risk for them"), sentences.risk_labels()[incident.risk]),
        (_("What it may lead to"), incident.effects),
        (_("What was done or is planned"), incident.remedy),
        (_("Told directly"), sentences.told(seen.told, at_least=seen.at_least)),
    ]
    if one.standing is Standing.LATE:
        lines.append((_("Why this comes late"), ""))
    return "\n".join(f"{head}: {said or _('not known yet')}" for head, said in lines)


def at(moment: datetime | None) -> str:
    """In full, with its zone: whoever reads it is elsewhere. Empty for none."""
    if moment is None:
        return ""
    zone = timezone.localtime(moment).tzname()
    return f"{date_format(timezone.localtime(moment), 'j F Y, H:i')} {zone}"


def _concerned(incident: Incident, seen: Picture) -> str:
    if seen.told.listed:
        shown = words.figure(seen.told.listed)
        if seen.at_least:
            return _("at least %(n)s") % {"n": shown}
        return _("%(n)s, listed one by one") % {"n": shown}
    if incident.people is not None:
        return _("about %(n)s") % {"n": words.figure(incident.people)}
    return ""
