"""Need, then age, while there is room; answers that many ask for are published. Pure."""

import numpy as np

from rejoinder.drill.policies import ABUSE, NEXT, NO_ROOM, Bools, Ints, Known, Move, Turn, View
from rejoinder.drill.policies.common import to_answer, to_publish, with_room
from rejoinder.listening.read.words import NEEDS

_ABUSE = NEEDS.index("abuse")


class Priority:
    """Need, then age; publishes what many ask; spends a limit as soon as it can."""

    name = "priority"

    def start(self, known: Known) -> None:
        self.known = known

    def turn(self, view: View) -> Turn:
        left = view.left()
        if publish := to_publish(view, self.known.update, left):
            return Turn(publish)
        queue = view.queue()
        abuse = view.need[queue] == _ABUSE
        places = queue[~abuse]
        room = with_room(view, places, left)
        can = places[room]
        admitted = self.admits(view, can)
        held = {ABUSE: queue[abuse], NO_ROOM: places[~room], **self.kept(can[~admitted])}
        return Turn(self._first(view, can[admitted]), held)

    def admits(self, view: View, places: Ints) -> Bools:
        """Everybody; policies that pace themselves admit fewer."""
        return np.ones(len(places), dtype=bool)

    def kept(self, places: Ints) -> dict[str, Ints]:
        """Why those not admitted wait."""
        return {}

    def _first(self, view: View, places: Ints) -> Move | None:
        if not len(places):
            return None
        return to_answer(view, int(places[view.need[places].argmin()]), NEXT)
