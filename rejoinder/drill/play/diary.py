"""What the people of a played day did, line by line, so that a player that ends goes on from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

FILE = "drill-diary.jsonl"

What = Literal["said", "again", "gave-up", "saw-the-answer", "not-asked"]


class Line(Struct, frozen=True):
    """At a second of the day, somebody did something about the mention of theirs.

    `post` is its number on the network, where they posted; of who leaves, `read` is the need that
    the desk had read by then (-1: none): what is taken back is forgotten there.
    """

    at: float
    mention: int
    what: What
    post: str = ""
    read: int = -1


class Diary:
    """Lines in order of time, kept in one file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        _drop_half_a_line(self._path)
        self.lines = list(_read(self._path))
        self.mention_of = {line.post: line.mention for line in self.lines if line.post}

    def write(self, line: Line) -> None:
        """Before anything else follows from it."""
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(line) + b"\n")
        self._know(line)

    def _know(self, line: Line) -> None:
        self.lines.append(line)
        if line.post:
            self.mention_of[line.post] = line.mention


def _drop_half_a_line(path: Path) -> None:
    """The last one of a process that was killed while it wrote."""
    if path.exists():
        with path.open("r+b") as file:
            whole = file.read().rfind(b"\n") + 1
            file.truncate(whole)


def _read(path: Path) -> Iterator[Line]:
    if path.exists():
        for text in path.read_bytes().splitlines():
            yield msgspec.json.decode(text, type=Line)
