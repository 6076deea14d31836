"""The words of a revision as somebody wrote them, with how long each may be."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from rejoinder.answers import refusals
from rejoinder.answers.models import Revision


class Caps(NamedTuple):
    """Most characters."""

    title: int = 200
    text: int = 20_000
    short: int = 1_000
    what_changed: int = 2_000
    regulators: int = 300


WORDS = Caps()


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of a revision that a person fills in."""

    title: str
    text: str = ""
    short: str = ""
    what_changed: str = ""
    holds_from: datetime | None = None
    holds_until: datetime | None = None
    next_update_at: datetime | None = None
    regulators: str = ""
    material: bool = False
    harmful: bool = False
    follows: int | None = None

    def check(self) -> None:
        """Raises CannotError for what is too long or no text."""
        labels = {
            "title": _("The question"),
            "text": _("The text"),
            "short": _("The short form"),
            "what_changed": _("What changed"),
            "regulators": _("Who was told"),
        }
        for name, cap in WORDS._asdict().items():
            value = getattr(self, name)
            if len(value) > cap:
                raise refusals.too_long(labels[name], cap)
            if not value.isprintable() and _is_broken(value):
                raise refusals.incomplete()

    def tidy(self) -> "Words":
        """As a form gives them back: no space at the ends, and times to the minute.

        Without it, to look at a draft and publish it would seem to change its words.
        """
        return replace(
            self, **{each.name: _tidy(getattr(self, each.name)) for each in fields(self)}
        )

    def values(self) -> dict[str, Any]:
        """By the names of the columns."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def same_as(self, revision: Revision) -> bool:
        """Whether a revision says exactly this."""
        return all(getattr(revision, name) == value for name, value in self.values().items())


def of(revision: Revision) -> Words:
    """The words of a revision, to write the next one from."""
    return Words(**{each.name: getattr(revision, each.name) for each in fields(Words)})


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def _is_broken(text: str) -> bool:
    """A NUL or half a surrogate pair, which no database and no page takes."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
