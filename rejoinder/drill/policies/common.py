"""What the simple policies share: who has room, what to publish, where a pointer does. Pure."""

import numpy as np

from rejoinder.drill.policies import (
    ANSWER_IS_OUT,
    MANY_ASK,
    Bools,
    Floats,
    Ints,
    Move,
    View,
)

ASKERS = 10  # so many have to ask before an answer is published


def with_room(view: View, places: Ints, left: Floats) -> Bools:
    """Which of these can have a reply reserved."""
    room: Bools = left[view.channel[places]] >= 1
    return room


def to_publish(view: View, update: int, left: Floats) -> Move | None:
    """Publish the answer to a question that enough people ask, if it is not out yet."""
    if left[update] < 1:
        return None
    wanted = np.isinf(view.published_at) & ~view.being_written & (view.asked >= ASKERS)
    return Move("publish", int(wanted.argmax()), MANY_ASK) if wanted.any() else None


def to_answer(view: View, place: int, reason: str) -> Move:
    """A pointer where the answer is out, else a whole reply."""
    question = int(view.question[place])
    if question >= 0 and np.isfinite(view.published_at[question]):
        return Move("point", place, ANSWER_IS_OUT)
    return Move("answer", place, reason)
