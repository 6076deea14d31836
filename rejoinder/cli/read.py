"""Read posts: language, sentiment, intent, need and why, as JSON lines."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from rejoinder.plumbing import jsonl

if TYPE_CHECKING:
    from rejoinder.listening.read import Reading

NAME = "read"
HELP = "Read posts: what each needs and why. JSON lines in, JSON lines out."
EXAMPLE = """echo '{"id": 1, "text": "No signal, dad is on oxygen"}' | rejoinder read"""
DESK = False  # it reads no table and no setting


class Text(Struct):
    """A line that comes in."""

    text: str
    id: Raw = jsonl.NULL


class Own(Struct):
    """A reading that this organisation taught with `rejoinder train`."""

    label: str
    confidence: float


class Read(Struct):
    """A line that goes out."""

    id: Raw
    lang: str
    sentiment: str
    intent: str
    need: str
    abuse: bool
    personal: tuple[str, ...]
    confidence: Struct  # of lang, sentiment, intent and need
    why: list[str]
    own: dict[str, Own]
    strong: bool
    sarcasm: bool
    safety: str | None


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--model", metavar="DIR", help="what `rejoinder train` has learned")
    parser.add_argument("--fast", action="store_true", help="at a glance: words alone, no meaning")


def run(given: Namespace) -> int:
    from rejoinder.listening import read

    tier = read.fast if given.fast else read.careful

    def many(lines: Sequence[Text]) -> list[Read]:
        readings = tier([line.text for line in lines])
        return [_line(line.id, reading) for line, reading in zip(lines, readings, strict=True)]

    return jsonl.answer_all(sys.stdin.buffer, sys.stdout.buffer, Text, many)


def _line(key: Raw, reading: "Reading") -> Read:
    from rejoinder.listening.read.reasons import said

    return Read(
        id=key,
        lang=reading.lang,
        sentiment=reading.sentiment,
        intent=reading.intent,
        need=reading.need,
        abuse=reading.abuse,
        personal=reading.personal,
        confidence=reading.confidence,
        why=[said(because) for because in reading.why],
        own={},
        strong=reading.strong,
        sarcasm=reading.sarcasm,
        safety=reading.safety,
    )
