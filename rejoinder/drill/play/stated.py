"""How long the people who played took from the alarm to their first public word."""

from datetime import datetime, timedelta

from rejoinder.answers.models import Revision
from rejoinder.crisis.models import Alarm, Did, Entry

WITHIN = timedelta(minutes=20)  # what is asked of a desk, as a median over drills


def words() -> str:
    """A sentence for the report of the day; empty while no alarm was raised."""
    alarm = Alarm.objects.filter(planned=None).order_by("at").first()
    if alarm is None:
        return ""
    stated = first_after(alarm.at)
    if stated is None:
        return "An alarm was raised, and nothing was said in public after it."
    took = stated - alarm.at
    minutes = round(took.total_seconds() / 60)
    asked = round(WITHIN.total_seconds() / 60)
    end = "as asked" if took <= WITHIN else f"{asked} were asked for"
    return f"The first public word came {minutes} minutes after the alarm, {end}."


def first_after(moment: datetime) -> datetime | None:
    """The first statement or published answer from then on."""
    said = Entry.objects.filter(did=Did.STATED, at__gte=moment).order_by("at")
    published = Revision.objects.filter(published_at__gte=moment).order_by("published_at")
    found = (
        said.values_list("at", flat=True).first(),
        published.values_list("published_at", flat=True).first(),
    )
    return min((at for at in found if at is not None), default=None)
