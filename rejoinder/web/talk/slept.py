"""Sleep in words: until when, and why somebody is back."""

from django.utils.translation import gettext as _

from rejoinder.desk.asleep.rules import Back
from rejoinder.desk.models import Snooze
from rejoinder.web.frame import words


def sentence(row: Snooze) -> str:
    """Until when it sleeps, or why it is back."""
    if row.woken_at:
        return _("Back: %(why)s") % {"why": reasons()[row.back]}
    if row.event == Snooze.Event.WORKED:
        return _("Closed; on %(at)s somebody asks whether it worked") % {"at": words.at(row.until)}
    event = events().get(row.event)
    if event is None:
        return _("Asleep until %(at)s") % {"at": words.at(row.until)}
    return _("Asleep %(event)s, %(at)s at the latest") % {"event": event, "at": words.at(row.until)}


def reasons() -> dict[str, str]:
    """Why it is back."""
    return {
        Back.URGENT: _("urgent now"),
        Back.WROTE: _("they wrote again"),
        Back.ANSWER: _("an answer was published"),
        Back.CRISIS: _("the crisis is over"),
        Back.TIME: _("the time has come"),
        Back.WORKED: _("ask whether it worked"),
        Back.TAKEN: _("a colleague woke it"),
        Back.REPLY: _("the reply did not leave"),
    }


def events() -> dict[str, str]:
    """What it waits for."""
    return {
        Snooze.Event.WROTE: _("until they write again"),
        Snooze.Event.ANSWER: _("until an answer is published"),
        Snooze.Event.CRISIS: _("until the crisis is over"),
    }
