"""Who has to be told of an incident, and by when: rules with their versions and sources. Pure.

A rule is a TOML file. Of its versions the one counts that was in force on the day on which the
incident became known.
"""

import tomllib
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta, Struct


class Risk(StrEnum):
    """What may come of it for the people concerned."""

    UNKNOWN = "unknown"
    UNLIKELY = "unlikely"
    LIKELY = "likely"
    HIGH = "high"


class Touches(StrEnum):
    """What an incident is about; it may be several of these."""

    PERSONAL = "personal"  # personal data was lost, changed, or seen by whom it is not for
    PROVIDER = "provider"  # it came about in providing a public communications service
    NETWORK = "network"  # the network or the service failed, or its security did


class To(StrEnum):
    """Who is told: a regulator by a notice, or the people themselves."""

    REGULATOR = "regulator"
    PEOPLE = "people"


class Nature(NamedTuple):
    """What decides which rules an incident falls under."""

    touches: frozenset[Touches]
    risk: Risk


class Version(Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """What is asked from a day on. Without hours and without days it is "without undue delay".

    `check` is what a lawyer has to say before anybody leans on it.
    """

    since: date
    source: Annotated[str, Meta(min_length=1)]
    hours: Annotated[int, Meta(gt=0)] | None = None
    working_days: Annotated[int, Meta(gt=0)] | None = None
    check: str = ""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """A duty to tell. `place` and `zone` are where its working days are counted."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,38}$")]
    law: Annotated[str, Meta(min_length=1, max_length=100)]
    whom: Annotated[str, Meta(min_length=1, max_length=100)]
    to: To
    needs: frozenset[Touches]
    version: Annotated[tuple[Version, ...], Meta(min_length=1)]
    unless: frozenset[Touches] = frozenset()
    risks: frozenset[Risk] = frozenset(Risk)
    place: str = ""
    zone: str = "UTC"

    def at(self, day: date) -> Version | None:
        """The version in force on a day; None before the first."""
        begun = [one for one in self.version if one.since <= day]
        return max(begun, key=lambda one: one.since, default=None)


class Duty(NamedTuple):
    """A rule that an incident falls under, in the version that counts for it."""

    rule: Rule
    version: Version


def read(text: str) -> Rule:
    """A rule from its file. Raises ValueError with what is wrong in it."""
    found: dict[str, Any] = tomllib.loads(text)
    try:
        rule = msgspec.convert(found, Rule)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    if len({one.since for one in rule.version}) < len(rule.version):
        raise ValueError(f"{rule.name}: two versions begin on one day")
    if any(one.hours and one.working_days for one in rule.version):
        raise ValueError(f"{rule.name}: a version counts hours or working days, not both")
    return rule


def duties(rules: Collection[Rule], nature: Nature, day: date) -> Sequence[Duty]:
    """What an incident of this nature asks for that became known on that day, in their order."""
    return [
        Duty(rule, version)
        for rule in rules
        if (version := rule.at(day)) is not None and _applies(rule, nature)
    ]


def _applies(rule: Rule, nature: Nature) -> bool:
    touched = rule.needs <= nature.touches and not rule.unless & nature.touches
    return touched and nature.risk in rule.risks
