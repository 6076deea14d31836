"""How often somebody was started before an equal who had waited longer (invariant I3). Pure."""

import numpy as np

from rejoinder.drill.day import Day
from rejoinder.drill.played import Played

GAP_S = 300.0
STARTS = ("answer", "point")


def overtaken(day: Day, played: Played) -> int:
    """Starts of one while another waits who came more than GAP_S earlier.

    Equal are those of one need and question, as read, on one channel.
    """
    ends = np.minimum(day.at + day.patience_s, played.answered_at)
    starts = {one.mention: one.at for one in played.decisions if one.do in STARTS}
    begun = np.full(len(day), np.inf)
    begun[list(starts)] = list(starts.values())
    found = 0
    for mention, at in starts.items():
        equal = (day.seen_need == day.seen_need[mention]) & (day.channel == day.channel[mention])
        equal &= day.seen_question == day.seen_question[mention]
        earlier = equal & (day.at < day.at[mention] - GAP_S)
        found += int((earlier & (begun > at) & (ends > at)).sum())
    return found
