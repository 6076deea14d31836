"""What nobody needs to read about somebody's life: health, being alone, whereabouts, times.

A post may say it first; our reply makes it ours, and puts it before everybody who reads us. Pure.
"""

from collections.abc import Iterator

from rejoinder.desk.cues import Folded, cues
from rejoinder.desk.guard.kinds import Finding, Kind

_CONCEPTS = (
    (Kind.HEALTH, "health"),
    (Kind.ALONE, "alone"),
    (Kind.WHEREABOUTS, "whereabouts"),
    (Kind.APPOINTMENT, "appointment"),
)


def found(folded: Folded) -> Iterator[Finding]:
    """Each place that speaks of it."""
    known = cues(__package__, "lives")
    for kind, concept in _CONCEPTS:
        for place in known.places(concept, folded):
            yield Finding(kind, place.start, place.end)
