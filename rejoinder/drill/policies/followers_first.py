"""Who has most followers comes first: what an influencer queue does. Pure.

It is here to be compared with, and the only policy that looks at fame.
"""

from rejoinder.drill.policies import MOST_FOLLOWED, NO_ROOM, Known, Move, Turn, View
from rejoinder.drill.policies.common import with_room


class FollowersFirst:
    """By fame alone, to be compared with; nobody is answered twice."""

    name = "followers-first"

    def start(self, known: Known) -> None:
        """It keeps nothing."""

    def turn(self, view: View) -> Turn:
        queue = view.queue()
        room = with_room(view, queue, view.left())
        held, can = {NO_ROOM: queue[~room]}, queue[room]
        if not len(can):
            return Turn(None, held)
        return Turn(Move("answer", int(can[view.followers[can].argmax()]), MOST_FOLLOWED), held)
