"""First come, first served: every mention in order, repeats too, until the limit. Pure.

What was done in January 2012; channels that still have room go on.
"""

from rejoinder.drill.policies import (
    ASKED_AGAIN,
    FIRST_COME,
    NO_ROOM,
    Bools,
    Ints,
    Known,
    Move,
    Turn,
    View,
)
from rejoinder.drill.policies.common import with_room


class Fcfs:
    """Every mention in order, repeats too, until the limit: what was done in 2012."""

    name = "fcfs"

    def start(self, known: Known) -> None:
        """It keeps nothing."""

    def turn(self, view: View) -> Turn:
        queue, left = view.queue(), view.left()
        room = with_room(view, queue, left)
        held = {NO_ROOM: queue[~room]}
        first = queue[room.argmax()] if room.any() else None
        again = self._again(view, view.repeats(), queue, room)
        if again is not None:
            return Turn(Move("repeat", again, ASKED_AGAIN), held)
        return Turn(None if first is None else Move("answer", int(first), FIRST_COME), held)

    def _again(self, view: View, repeats: Ints, queue: Ints, room: Bools) -> int | None:
        """The first who wrote again, if that was before the first who waits."""
        if not len(repeats):
            return None
        can = with_room(view, repeats, view.left())
        if not can.any():
            return None
        nearest = int(can.argmax())
        before = not room.any() or view.repeated_at()[nearest] < view.at[queue[room.argmax()]]
        return int(repeats[nearest]) if before else None
