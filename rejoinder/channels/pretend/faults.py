"""What the pretend network was told to do wrong, and when. Pure."""

from random import Random
from typing import Literal

from msgspec import Struct

Do = Literal[
    "delay",  # wait `seconds`, then do it right
    "drop",  # hang up before anything is done
    "status",  # answer `status` and do nothing
    "swallow",  # do it, then hang up without an answer
    "silence",  # do it, then say nothing for `seconds`, then hang up
    "garbage",  # do it, then answer what nobody can read
    "half",  # do it, then hang up in the middle of the answer
    "duplicate",  # deliver what is heard twice
    "reorder",  # deliver what is heard in any order
]


class Fault(Struct):
    """One fault: for the next `times` calls, or while set with a `chance` for each call."""

    do: Do
    on: Literal["send", "listen", "look", "any"] = "any"
    times: int | None = None
    chance: float = 1
    status: int = 500
    seconds: float = 1
    words: str = "The pretend network was told to fail."


class Faults:
    """The faults that are set, in the order in which they are tried."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._set: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._set.append(fault)

    def clear(self) -> None:
        self._set.clear()

    def strike(self, on: str) -> Fault | None:
        """The fault that befalls this call, if one does."""
        for fault in self._set:
            if fault.on in {on, "any"} and self._random.random() < fault.chance:
                return self._used(fault)
        return None

    def _used(self, fault: Fault) -> Fault:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._set.remove(fault)
        return fault
