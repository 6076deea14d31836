"""What has to be done on a platform before it is connected: in words, and drawn beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.channels.contract import Channel, Seen, Step


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the platform's page: what stands there, what is given, what it is copied to."""

    label: str
    give: str
    copy: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step for the template; nothing is drawn where `at` is empty."""

    words: str
    at: str
    trail: Sequence[str]
    rows: Sequence[Row]
    press: str


def steps(channel: type[Channel], back: str) -> list[Drawn]:
    """All of them, with the address to come back to in its place."""
    fields = {field.name: _(field.label) for field in channel.form}
    return [_drawn(step, back, fields) for step in channel.steps]


def _drawn(step: Step, back: str, fields: dict[str, str]) -> Drawn:
    return Drawn(
        words=_(step.words).replace("{back}", back),
        at=step.at,
        trail=step.trail,
        rows=[_row(seen, back, fields) for seen in step.seen],
        press=step.press,
    )


def _row(seen: Seen, back: str, fields: dict[str, str]) -> Row:
    return Row(seen.label, seen.give.replace("{back}", back), fields.get(seen.copy, ""))
