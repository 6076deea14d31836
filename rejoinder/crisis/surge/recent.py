"""The greatest surprise of the last day, so that the same news is not told twice. Pure."""

from math import log

from msgspec import Struct, field

HOUR = 3600
HOURS = 24
RARER = log(5)  # news is at least five times as rare as what was told before


class Recent(Struct):
    """Forgets by the hour: one number for each of the last day's hours."""

    hour: int = 0
    greatest: list[float] = field(default_factory=lambda: [0.0] * HOURS)
    before: float = 0.0  # of all hours but this one

    def is_news(self, at: float, surprise: float) -> bool:
        """Whether it is rarer than what was news in the day before; if so, remembers it."""
        hour = int(at // HOUR)
        if hour != self.hour:
            self._turn(hour)
        place = hour % HOURS
        if surprise <= max(self.before, self.greatest[place]) + RARER:
            return False
        self.greatest[place] = surprise
        return True

    def _turn(self, hour: int) -> None:
        for passed in range(max(self.hour + 1, hour - HOURS + 1), hour + 1):
            self.greatest[passed % HOURS] = 0.0
        self.hour = hour
        self.before = max(self.greatest)
