"""Moments as people type them: a time of the day, or a day with its time, where the reader is."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock


class NoMomentError(ValueError):
    """What was typed is no time. The message says what to type."""

    def __init__(self) -> None:
        super().__init__(_("Write a time such as 14:30."))


def typed_moment(given: str) -> datetime:
    """“14:30”, or “2026-03-02T14:30”. Raises NoMomentError.

    A time alone is the moment nearest to now that has it, so that half past midnight typed late
    in the evening is still to come, and ten to midnight typed after it is over.
    """
    now = timezone.localtime(clock.now())
    try:
        if "T" in given:
            return _here(datetime.fromisoformat(given))
        time = datetime.strptime(given.strip(), "%H:%M").time()  # noqa: DTZ007  # its zone follows
    except (ValueError, OverflowError):
        raise NoMomentError from None
    today = datetime.combine(now.date(), time)
    days = (today + timedelta(days=n) for n in (-1, 0, 1))
    return min(map(_here, days), key=lambda moment: abs(moment - now))


def _here(naive: datetime) -> datetime:
    """With the reader's zone; one that was typed is no part of what a field sends."""
    return timezone.make_aware(naive.replace(tzinfo=None))


def rounded_up(moment: datetime, minutes: int = 5) -> datetime:
    """To the next moment people would name."""
    over = moment.timestamp() % (60 * minutes)
    return moment + timedelta(seconds=60 * minutes - over) if over else moment


def as_time(moment: datetime) -> str:
    """As a field for a time takes it."""
    return timezone.localtime(moment).strftime("%H:%M")


def as_moment(moment: datetime) -> str:
    """As a field for a day and its time takes it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
