"""When somebody is there, in words for people outside."""

from django.utils.translation import gettext as _

from rejoinder.team.rota import duty, opening
from rejoinder.team.rota.week import written
from rejoinder.web.frame import words
from rejoinder.web.people.rota import day_names


def sentences() -> list[str]:
    """The hours of the house, where a lead wrote them, and whether somebody is there now; nothing
    where neither hours nor a rota are kept.
    """
    found, row = opening.opening(), opening.standing()
    if not found.is_kept:
        return []
    week = written(duty.week(row), day_names()) if row else ""
    hours = [_("We are there: %(week)s.") % {"week": week}] if week else []
    if found.is_open:
        return [*hours, _("Somebody is at the desk now.")]
    if found.next is None:
        return [*hours, _("Nobody is at the desk now. What you send is kept, and read.")]
    back = _("Nobody is at the desk now; we are back %(at)s. What you send is kept, and read.")
    return [*hours, back % {"at": words.at(found.next)}]
