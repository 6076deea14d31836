"""The text of an answer as parts of a page. Pure.

Plain text with two marks: a line that begins with `## ` is a heading, one with `- ` is a point of
a list; an empty line ends a paragraph. What stands before the first heading is the lead.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "list"]

HEADING, POINT = "## ", "- "


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph (one line each way it was written), or the points of a list."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


def blocks(text: str) -> list[Block]:
    """In reading order; never an empty one."""
    found: list[Block] = []
    run: list[str] = []
    kind: Kind = "paragraph"
    for line in [*text.splitlines(), ""]:
        words = line.strip()
        this = _kind(words)
        if run and (not words or this != kind or this == "heading"):
            found.append(Block(kind, tuple(run)))
            run = []
        if words:
            kind = this
            run.append(words.removeprefix(_MARKS[this]).strip())
    return [block for block in found if any(block.lines)]


def sections(text: str) -> list[Section]:
    """By heading; the first, with an empty heading, is the lead, and may have no blocks."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks(text):
        if block.kind == "heading":
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return [Section(heading, tuple(under)) for heading, under in found]


_MARKS: dict[Kind, str] = {"heading": HEADING, "list": POINT, "paragraph": ""}


def _kind(words: str) -> Kind:
    if words.startswith(HEADING):
        return "heading"
    return "list" if words.startswith(POINT) else "paragraph"
