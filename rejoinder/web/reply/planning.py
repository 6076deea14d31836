"""Times that somebody types, on their own clock."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rejoinder.desk import later
from rejoinder.desk.later import NoTime, NoTimeError
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor
from rejoinder.team.rota import duty
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import typed
from rejoinder.web.people import rota


def moment(request: HttpRequest, reader: Advisor, name: str = "at") -> datetime:
    """The time that was typed into a field. Raises CannotError with what is wrong with it."""
    try:
        return later.planned(typed(request.POST, name), reader.time_zone, clock.now())
    except NoTimeError as error:
        raise CannotError(_why(error)) from error


def warn_unstaffed(request: HttpRequest, at: datetime) -> None:
    """Say on the next page that nobody is on duty then, if a rota is kept by which nobody is."""
    alone, next_ = duty.unstaffed(at)
    if not alone:
        return
    said = _("Nobody is on duty at %(at)s, when it leaves: an answer to it waits.")
    messages.warning(request, f"{said % {'at': words.at(at)}} {rota.from_when(next_)}".strip())


def _why(error: NoTimeError) -> str:
    if error.instead is not None:
        at = error.instead.strftime("%H:%M")
        sentence = _("Clocks go forward over this time. The next that there is: %(at)s.")
        return sentence % {"at": at}
    return {
        NoTime.UNREADABLE: _("Write the time as a day and an hour."),
        NoTime.PAST: _("This time is over. Choose one that is to come."),
    }.get(error.why, _("Choose a time within a year."))
