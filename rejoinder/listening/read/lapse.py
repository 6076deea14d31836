"""When a need lapses: it belongs to a mention at a time, and is nobody's attribute."""

from datetime import datetime, timedelta

from rejoinder.listening.read.words import Need

# From the mention on. Danger is over or known of after a day, a report of an outage after half a
# day; somebody's own case stays open as long as the usual two weeks to answer a complaint.
LASTS: dict[Need, timedelta] = {
    "urgent": timedelta(hours=24),
    "specific": timedelta(days=14),
    "common": timedelta(hours=12),
    "vent": timedelta(hours=24),
    "abuse": timedelta(hours=24),
    "none": timedelta(0),
}


def need_expires(need: Need, said_at: datetime, ended_at: datetime | None = None) -> datetime:
    """From when on the need of a mention counts no more; both times carry their zone.

    `ended_at` is when what a common need was about came to its end: the outage, the question.
    Other needs do not end with it: a bill is wrong also after the outage that made it so.
    """
    lapses = said_at + LASTS[need]
    if need == "common" and ended_at is not None:
        return max(said_at, min(lapses, ended_at))
    return lapses
