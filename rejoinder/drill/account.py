"""An account of ours: what the desk believes it may post there, and what the platform does. Pure.

A reply is reserved before its first word and counts against every window until it is out. The
platform keeps its own count, with the posts of other clients and with limits cut in the meantime.
After a refusal the desk holds: only what explains it lets it go on, a limit that the platform told
or posts of others that our timeline showed.
"""

from dataclasses import dataclass, field

from rejoinder.drill.limits import Limit
from rejoinder.drill.policies import Room
from rejoinder.drill.windows import Window
from rejoinder.drill.world import Cut

UNLIMITED = float("inf")


@dataclass(slots=True)
class Account:
    """Both sides of an account; `sent` are posts of ours and those under way."""

    believed: list[Window]
    real: list[Window]
    reserved: int = 0
    sent: int = 0
    refused_at: float | None = None
    _told: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: list[Limit], guard_s: float) -> "Account":
        return cls([Window(rule, guard_s) for rule in rules], [Window(rule) for rule in rules])

    def left(self, now: float) -> float:
        """How many more posts may be reserved."""
        if self.refused_at is not None:
            return 0.0
        taken = self.reserved
        rooms = [window.cap - window.used(now) - taken for window in self.believed]
        return max(0.0, min(rooms, default=UNLIMITED))

    def room(self, now: float) -> tuple[Room, ...]:
        """Every limit as the desk believes it."""
        held = self.refused_at is not None
        return tuple(
            Room(one.limit, min(one.cap, used) if held else one.cap, used, self.reserved)
            for one, used in ((one, one.used(now)) for one in self.believed)
        )

    def least(self, now: float) -> str | None:
        """The name of the limit with least left; None without limits."""
        if not self.believed:
            return None
        return min(self.believed, key=lambda one: one.cap - one.used(now)).limit.name

    def frees_at(self, now: float) -> float:
        """When a full account may have room; inf while it is held."""
        if self.refused_at is not None:
            return UNLIMITED
        taken = self.reserved
        full = [one for one in self.believed if one.cap - one.used(now) - taken <= 0]
        return max((one.frees_at(now) for one in full), default=now)

    def reserve(self) -> None:
        self.reserved += 1
        self.sent += 1

    def give_back(self) -> None:
        """End a reservation without a post."""
        self.reserved -= 1
        self.sent -= 1

    def may_send(self, now: float) -> bool:
        """Whether what is reserved may still go: a limit may have been cut since."""
        held = self.refused_at is not None
        return not held and all(one.used(now) < one.cap for one in self.believed)

    def send(self, now: float) -> bool:
        """Post what was reserved; whether the platform took it."""
        self.reserved -= 1
        if accepted := self._takes(now):
            for window in self.believed:
                window.add(now)
        else:
            self.sent -= 1
            self._refuse(now)
        return accepted

    def by_other(self, now: float) -> bool:
        """Another client posts; whether the platform took it."""
        return self._takes(now)

    def see_other(self, at: float) -> None:
        """Our timeline shows a post of another client."""
        for window in self.believed:
            window.add(at)
        refused = self.refused_at
        if refused is not None and any(one.was_full(refused) for one in self.believed):
            self.refused_at = None

    def cut(self, cut: Cut) -> None:
        """The platform changes a limit; the desk learns of it as the cut says."""
        next(one for one in self.real if one.limit.name == cut.limit).cap = cut.cap
        if cut.notice == "before":
            self._believe(cut.limit, cut.cap)
        elif cut.notice == "refusal":
            self._told[cut.limit] = cut.cap

    def _takes(self, now: float) -> bool:
        takes = all(one.used(now) < one.cap for one in self.real)
        if takes:
            for window in self.real:
                window.add(now)
        return takes

    def _refuse(self, now: float) -> None:
        for name, cap in self._told.items():
            self._believe(name, cap)
        self._told.clear()
        if self.may_send(now):  # nothing explains it
            self.refused_at = now

    def _believe(self, name: str, cap: int) -> None:
        next(one for one in self.believed if one.limit.name == name).cap = cap
