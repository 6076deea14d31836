"""Need, then age, but never ahead of an even share of the day's limit. Pure."""

import numpy as np

from rejoinder.drill.policies import PACED, Bools, Ints, View
from rejoinder.drill.policies.priority import Priority
from rejoinder.drill.world import DAY_S


class EvenPacing(Priority):
    """As priority, but never ahead of an even share of the day's limit."""

    name = "even-pacing"

    def admits(self, view: View, places: Ints) -> Bools:
        ahead = np.array([self._ahead(view, number) for number in range(len(self.known.channels))])
        return ~ahead[view.channel[places]]

    def kept(self, places: Ints) -> dict[str, Ints]:
        return {PACED: places}

    def _ahead(self, view: View, channel: int) -> bool:
        """Whether an account has sent its share of the day so far."""
        daily = [room.cap for room in view.room(channel) if room.limit.window_s >= DAY_S]
        share = view.now / DAY_S
        return bool(daily) and view.sent(channel) >= min(daily) * share
