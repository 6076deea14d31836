"""When an incident may be closed, and how long it took to tell people. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Lacks(StrEnum):
    """What is missing before an incident may be closed."""

    FACTS = "facts"
    EFFECTS = "effects"
    REMEDY = "remedy"
    FIXED = "fixed"
    LIST = "list"
    TOLD = "told"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class Told:
    """How far the people concerned were told: of how many, how many, and the last moment."""

    listed: int
    told: int
    last_at: datetime | None

    @property
    def everybody(self) -> bool:
        """Whether nobody who is listed is left; nobody listed is nobody told."""
        return 0 < self.listed == self.told


@dataclass(frozen=True, slots=True)
class State:
    """An incident, as far as closing it goes. `why_not` is why people are not told.

    `silent` are the duties to a regulator for which neither a notice nor a reason is written.
    """

    facts: str
    effects: str
    remedy: str
    fixed_at: datetime | None
    personal: bool
    told: Told
    why_not: str
    silent: Collection[str]


def told(listed: Collection[str], words: Mapping[str, datetime]) -> Told:
    """Of those listed, how many were told; `words` says who was, and when first."""
    reached = [words[name] for name in set(listed) if name in words]
    return Told(len(set(listed)), len(reached), max(reached, default=None))


def lacks(state: State) -> list[Lacks]:
    """What is missing, in the order in which one would see to it; empty when it may be closed."""
    reasoned = bool(state.why_not.strip())
    wanted = state.personal and not reasoned
    missing = {
        Lacks.FACTS: not state.facts.strip(),
        Lacks.EFFECTS: not state.effects.strip(),
        Lacks.REMEDY: not state.remedy.strip(),
        Lacks.FIXED: state.fixed_at is None,
        Lacks.LIST: wanted and not state.told.listed,
        Lacks.TOLD: wanted and state.told.listed > 0 and not state.told.everybody,
        Lacks.NOTICES: bool(state.silent),
    }
    return [one for one, is_missing in missing.items() if is_missing]


def until_told(fixed_at: datetime | None, state: Told, now: datetime) -> timedelta | None:
    """From the repair to the last person told, or to now while some wait; None before a repair.

    Negative where everybody knew before it was repaired.
    """
    if fixed_at is None or not state.listed:
        return None
    return (state.last_at if state.everybody and state.last_at else now) - fixed_at
