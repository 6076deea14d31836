"""The rules that count here: those that come with the desk, and the organisation's own files."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib.resources import files

from rejoinder.plumbing.config import config
from rejoinder.privacy.incidents import clock as clocks
from rejoinder.privacy.incidents.rules import Duty, Nature, Risk, Rule, Touches, duties, read
from rejoinder.privacy.models import Incident
from rejoinder.team import holidays

OWN = "incident-rules"  # a folder beside the database; a file there may replace one of ours


class BadRuleError(ValueError):
    """A rule file that cannot be read. The message names it."""


def rules() -> Sequence[Rule]:
    """All of them, by name. Raises BadRuleError."""
    found: dict[str, Rule] = {}
    for name, text in _texts():
        try:
            rule = read(text)
            if not holidays.known(rule.place):
                raise ValueError(f"no place: {rule.place}")
        except ValueError as error:
            raise BadRuleError(f"{name}: {error}") from None
        found[rule.name] = rule
    return [found[name] for name in sorted(found)]


def of(incident: Incident) -> Sequence[Duty]:
    """What an incident asks for, as it is known now."""
    return duties(rules(), nature(incident), incident.aware_at.date())


def nature(incident: Incident) -> Nature:
    """What decides about it, as a value."""
    touches = frozenset(one for one in Touches if getattr(incident, one.value))
    return Nature(touches, Risk(incident.risk))


def off(duty: Duty, day: date) -> bool:
    """Whether a day is a public holiday where the rule counts."""
    return day in holidays.between(duty.rule.place, day.year, day.year)


def due(duty: Duty, incident: Incident) -> datetime | None:
    """The last moment for a duty of an incident; None where the law names none."""
    return clocks.due(duty, incident.aware_at, lambda day: off(duty, day))


def _texts() -> Iterator[tuple[str, str]]:
    shipped = files("rejoinder.privacy.incidents") / "rules"
    for file in sorted(shipped.iterdir(), key=lambda one: one.name):
        yield file.name, file.read_text(encoding="utf-8")
    own = config().data / OWN
    for path in sorted(own.glob("*.toml")) if own.is_dir() else ():
        yield path.name, path.read_text(encoding="utf-8")
