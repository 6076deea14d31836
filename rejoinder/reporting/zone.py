"""Where the organisation's days begin, and which day it is there."""

from datetime import date
from zoneinfo import ZoneInfo

from rejoinder.plumbing import clock
from rejoinder.team.models import Organisation


def zone() -> ZoneInfo:
    """The zone of its clock."""
    return ZoneInfo((Organisation.objects.first() or Organisation()).time_zone)


def today() -> date:
    """The day that is not over."""
    return clock.now().astimezone(zone()).date()
