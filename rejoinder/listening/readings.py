"""How a reading stands in the columns of a mention."""

from typing import Any, NamedTuple

import msgspec

from rejoinder.listening.models import Need
from rejoinder.listening.read.words import NEEDS, Reading

Why = tuple[str, str]  # the code of a reason, and the words it cites


class Columns(NamedTuple):
    """The values of `need`, `intent`, `sentiment` and, as JSON, of `reading`."""

    need: int
    intent: str
    sentiment: str
    reading: str


class Kept(msgspec.Struct, omit_defaults=True):
    """What has no column of its own; false and empty values are left out."""

    confidence: dict[str, float]
    why: list[Why]
    abuse: bool = False
    strong: bool = False
    sarcasm: bool = False
    safety: str | None = None
    calm: str = ""  # what an urgent one would need otherwise


_encode = msgspec.json.Encoder().encode


def kept(reading: Reading) -> Kept:
    """The part that stands in the JSON column."""
    sure = reading.confidence
    return Kept(
        {name: round(getattr(sure, name), 2) for name in ("sentiment", "intent", "need")},
        [(one.code, one.words) for one in reading.why],
        reading.abuse,
        reading.strong,
        reading.sarcasm,
        reading.safety,
        reading.calm if reading.need == "urgent" else "",
    )


def columns(reading: Reading) -> Columns:
    """A reading as values for the database."""
    need = Need(NEEDS.index(reading.need)).value
    text = _encode(kept(reading)).decode()
    return Columns(need, reading.intent, reading.sentiment, text)


def as_object(reading: Reading) -> dict[str, Any]:
    """The JSON column as Django has it."""
    found: dict[str, Any] = msgspec.to_builtins(kept(reading))
    return found
