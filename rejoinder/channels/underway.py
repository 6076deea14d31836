"""A film that a platform has and still works on: asked about in time, brought once.

What is kept here is forgotten with the process; then the film is brought again, and the platform
forgets the one that no post names.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from rejoinder.channels.contract import Film, Refused, TroubleError
from rejoinder.plumbing import clock

HERE = 20.0  # seconds that one send waits for a platform: it must be over well before its lease
ENOUGH = 900.0  # seconds of work after which a film is taken for one that comes to nothing
STEP = 1.0  # seconds between two questions, unless the platform says
AGAIN = 10.0  # seconds until the next send of the same
_KEPT = 20  # films of one account


@dataclass
class Brought:
    """A film on a platform: its number there, since when, how many bytes of it arrived, whether
    the platform was told that these are all, and whether it is ready to be posted.
    """

    number: str
    since: float
    bytes: int = 0
    finished: bool = False
    whole: bool = False


class Underway:
    """What one account has brought."""

    def __init__(self) -> None:
        self._films: dict[str, Brought] = {}

    def find(self, film: Film) -> Brought | None:
        """As far as it was brought before."""
        found = self._films.get(_name(film))
        return found if found and clock.running() - found.since < ENOUGH else None

    def begin(self, film: Film, number: str) -> Brought:
        """The platform gave it a number."""
        while len(self._films) >= _KEPT:
            self._films.pop(next(iter(self._films)))
        self._films[_name(film)] = made = Brought(number, clock.running())
        return made

    def forget(self, film: Film) -> None:
        """It was posted, or the platform does not want it."""
        self._films.pop(_name(film), None)


def wait(brought: Brought, ask: Callable[[], float | Refused | None]) -> Refused | None:
    """Ask until the platform is done with it (None). `ask` gives the seconds until it wants to be
    asked again. Raises TroubleError when that takes longer than a send may.
    """
    ends = clock.running() + HERE
    while True:
        told = ask()
        if told is None or isinstance(told, Refused):
            return told
        if clock.running() - brought.since > ENOUGH:
            minutes = round(ENOUGH / 60)
            return Refused(f"The film was not taken: not ready after {minutes} minutes.")
        if clock.running() + told > ends:
            raise TroubleError("The film is there; the platform still works on it.", after=AGAIN)
        time.sleep(max(told, STEP))


def _name(film: Film) -> str:
    return hashlib.sha256(film.data + b"\0" + film.alt.encode()).hexdigest()
