"""How many mentions come, against what usually comes at these hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Sum

from rejoinder.crisis.picture.bins import Bins, floor
from rejoinder.crisis.picture.usual import Floats, Ints, Usual, usual
from rejoinder.listening.models import MinuteCount
from rejoinder.team.models import Organisation

WEEKS = 8  # looked back
LATELY = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Volume:
    """Counts by bin with what is usual, and the same for the last ten whole minutes."""

    bins: Bins
    counts: Ints
    usual: Usual | None
    lately: int
    usually: float | None

    @property
    def peak(self) -> int:
        """The bin with the most."""
        return int(self.counts.argmax())


def volume(bins: Bins, until: datetime) -> Volume:
    """Read now; `until` is the moment it is looked at, or the end of the crisis."""
    last = Bins(floor(until, _MINUTE) - LATELY, LATELY, 1)
    zone = ZoneInfo((Organisation.objects.first() or Organisation()).time_zone)
    first = MinuteCount.objects.order_by("minute").values_list("minute", flat=True).first()
    counts, *past = (_counts(each) for each in _weeks(bins, zone, first))
    lately, *past_lately = (_counts(each) for each in _weeks(last, zone, first))
    before = usual(np.array(past_lately))
    return Volume(
        bins=bins,
        counts=counts,
        usual=usual(np.array(past)),
        lately=int(lately.sum()),
        usually=float(before.mean[0]) if before else None,
    )


def _weeks(bins: Bins, zone: ZoneInfo, first: datetime | None) -> Iterator[Floats]:
    """The edges of the bins now, then in each earlier week that was heard from its start on."""
    yield _edges(bins, zone, 0)
    for week in range(1, WEEKS + 1):
        edges = _edges(bins, zone, week)
        if first is not None and edges[0] >= first.timestamp():
            yield edges


def _edges(bins: Bins, zone: ZoneInfo, weeks: int) -> Floats:
    """At the same hours of the clock so many weeks ago, in seconds."""
    starts = (bins.start(place).astimezone(zone) for place in range(bins.many + 1))
    edges = np.array([(each - timedelta(weeks=weeks)).timestamp() for each in starts])
    # Where clocks are changed an hour is missing, or comes twice; bins never overlap.
    return np.maximum.accumulate(edges)


def _counts(edges: Floats) -> Ints:
    """By bin."""
    begins, ends = (datetime.fromtimestamp(edges[place], UTC) for place in (0, -1))
    rows = MinuteCount.objects.filter(minute__gte=begins, minute__lt=ends).order_by()
    found = list(rows.values_list("minute").annotate(many=Sum("mentions")))
    minutes = np.array([at.timestamp() for at, _ in found])
    places = np.searchsorted(edges, minutes, side="right") - 1
    many = np.array([each for _, each in found], dtype=np.float64)
    return np.bincount(places, weights=many, minlength=len(edges) - 1).astype(np.int64)
