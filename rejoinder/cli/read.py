"""Read posts: language, sentiment, intent, need and why, as JSON lines."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from rejoinder.plumbing import jsonl

if TYPE_CHECKING:
    from rejoinder.listening.learn.field import Guess
    from rejoinder.listening.learn.own import Own
    from rejoinder.listening.read import Reading

    Found = tuple[Reading, dict[str, Guess]]

NAME = "read"
HELP = "Read posts: what each needs and why. JSON lines in, JSON lines out."
EXAMPLE = """echo '{"id": 1, "text": "No signal, dad is on oxygen"}' | rejoinder read"""
DESK = False  # it reads no table and no setting


class Text(Struct):
    """A line that comes in."""

    text: str
    id: Raw = jsonl.NULL


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
    own: Mapping[str, Struct]  # by the name of a reading that was taught: label and confidence
    strong: bool
    sarcasm: bool
    safety: str | None


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=Path, metavar="DIR", help="what `rejoinder train` has learned"
    )
    parser.add_argument("--fast", action="store_true", help="at a glance: words alone, no meaning")


def run(given: Namespace) -> int:
    from rejoinder.listening.learn import own
    from rejoinder.listening.learn.store import BadModelError

    try:
        taught = own.load(given.model) if given.model else own.Own({})
    except (BadModelError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    read = _fast if given.fast else _careful

    def many(lines: Sequence[Text]) -> list[Read]:
        readings = read([line.text for line in lines], taught)
        return [_line(line.id, *found) for line, found in zip(lines, readings, strict=True)]

    return jsonl.answer_all(sys.stdin.buffer, sys.stdout.buffer, Text, many)


def _fast(texts: Sequence[str], taught: "Own") -> "list[Found]":
    from rejoinder.listening import read

    return list(zip(read.fast(texts), taught.read(texts), strict=True))


def _careful(texts: Sequence[str], taught: "Own") -> "list[Found]":
    from rejoinder.listening import read
    from rejoinder.listening.embedding.embed import embed

    vectors = embed(texts)
    return list(zip(read.careful(texts, vectors), taught.read(texts, vectors), strict=True))


def _line(key: Raw, reading: "Reading", own: "Mapping[str, Struct]") -> Read:
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
        own=own,
        strong=reading.strong,
        sarcasm=reading.sarcasm,
        safety=reading.safety,
    )
