"""A surge of mentions, seen while it begins: one bin in, perhaps an alarm out. Pure.

Each bin is compared with what is usual for its half-hour (`baseline.py`), at several scales at once
(`scan.py`). How rare such evidence is on this stream decides (`tail.py`): the owner says how many
false alarms a month are bearable. An alarm opens an episode; while it lasts there is no other.
Nothing is used that comes later, so a longer series never changes what was said of a shorter one.
"""

from datetime import date
from math import exp, log
from typing import Self

from msgspec import Struct

from rejoinder.crisis.surge.alarm import Alarm, Window
from rejoinder.crisis.surge.baseline import Baseline
from rejoinder.crisis.surge.recent import Recent
from rejoinder.crisis.surge.scan import Scan, Strongest, scan
from rejoinder.crisis.surge.tail import Tail

FALSE_ALARMS = 0.5  # a month
ALL_WEIGHT = 0.3  # of the evidence in all mentions, beside that in problems
WARM = 12 * 3600  # seconds before anything is said
LOUD = log(2)  # surprise that keeps an episode open: it comes on half of all days
DAYS = 30  # of a month
QUIET = 6 * 3600  # seconds without it end one
# Where the tail begins, from simulated streams (`benchmarks/pure/surge.py`), with problems counted
# apart and without.
PROBLEMS, PLAIN = (2.820, 0.0115), (2.762, 0.0136)


class Stream(Struct):
    """One count: what is usual of it, and what its windows say."""

    baseline: Baseline
    scan: Scan

    def add(self, at: float, count: float) -> Strongest:
        """Judge a bin by what was known before it; then learn from it."""
        mean = self.baseline.mean(at)
        strongest = self.scan.add(count, mean, self.baseline.usual.doubt)
        self.baseline.learn(count, mean)
        return strongest


class Episode(Struct):
    """From an alarm until it is quiet again; `loud` is the last bin that was not."""

    began: float
    loud: float


class Surge(Struct):
    """The whole state of one series; msgspec writes and reads it.

    `score` is that of the last bin, in 0…1: 1 / (1 + false alarms a month as strong), and 0 where
    the day before was stronger. `until` is when the last episode ended, None while one is open.
    """

    bin: int  # seconds
    false_alarms: float  # a month
    silent_until: float  # nothing is said before, seconds since 1970
    every: Stream
    problems: Stream | None
    tail: Tail
    recent: Recent
    episode: Episode | None = None
    until: float | None = None
    score: float = 0.0
    first: float | None = None
    last: float | None = None

    @classmethod
    def begin(
        cls,
        bin_length: int,
        *,
        false_alarms: float = FALSE_ALARMS,
        problems: bool = False,
        zone: str = "UTC",
        holidays: frozenset[date] = frozenset(),
        silent_until: float = 0.0,
    ) -> Self:
        """A series without history. Bins in seconds; half-hours are those of `zone`.

        Nothing is said in its first half day, nor before `silent_until`.
        """

        def stream() -> Stream:
            return Stream(Baseline(bin_length, zone, holidays), scan(bin_length))

        tail = Tail(*(PROBLEMS if problems else PLAIN))
        apart = stream() if problems else None
        every = stream()
        return cls(bin_length, false_alarms, silent_until, every, apart, tail, Recent())

    def add(self, at: float, count: float, problems: float = 0.0) -> Alarm | None:
        """Take the next bin; the alarm it raises. Bins left out before it are missing."""
        self._skip_to(at)
        strongest, evidence = self._look(at, count, problems)
        if self.first is None:
            self.first = at
        if at < max(self.first + WARM, self.silent_until):
            self.score = 0.0
            return None
        surprise = self.tail.surprise(evidence)
        self.tail.learn(at, evidence)
        self.score = _score(surprise) if self.recent.is_news(at, surprise) else 0.0
        if not self._begins(at, surprise):
            return None
        return Alarm(at, _score(surprise), *self._seen(strongest))

    def _skip_to(self, at: float) -> None:
        if self.last is not None:
            missing = round((at - self.last) / self.bin) - 1
            for stream in (self.every, self.problems):
                if stream and missing > 0:
                    stream.scan.skip(missing)
        self.last = at

    def _look(self, at: float, count: float, problems: float) -> tuple[Strongest, float]:
        """The scale that says most, and the evidence of all together."""
        every = self.every.add(at, count)
        if self.problems is None:
            return every, every.evidence
        apart = self.problems.add(at, problems)
        evidence = apart.evidence + ALL_WEIGHT * every.evidence
        return (apart if apart.evidence else every), evidence

    def _begins(self, at: float, surprise: float) -> bool:
        """Whether an episode begins here; keeps open or ends the one there is."""
        if self.episode and at - self.episode.loud > QUIET:
            self.until, self.episode = self.episode.loud, None
        if self.episode:
            if surprise >= LOUD:
                self.episode.loud = at
            return False
        if surprise < log(DAYS / self.false_alarms):
            return False
        self.episode, self.until = Episode(at, at), None
        return True

    def _seen(self, strongest: Strongest) -> tuple[Window, Window | None]:
        every = self._window(self.every, strongest.bins)
        apart = self._window(self.problems, strongest.bins) if self.problems else None
        return every, apart

    def _window(self, stream: Stream, bins: int) -> Window:
        return Window(bins * self.bin, *stream.scan.sums(bins))


def _score(surprise: float) -> float:
    return 1 / (1 + DAYS * exp(-surprise))
