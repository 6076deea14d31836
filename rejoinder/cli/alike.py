"""Say which question each post asks, and learn from what an advisor says."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from rejoinder.plumbing import jsonl
from rejoinder.plumbing.jsonl import BadLineError

if TYPE_CHECKING:
    from rejoinder.listening.alike.alike import Alike, Match
    from rejoinder.listening.alike.arrays import Floats

NAME = "alike"
HELP = "Say which question each post asks; learn from labels: JSON lines in, JSON lines out."
EXAMPLE = """echo '{"id": 1, "text": "Is it down in Leeds?"}' | rejoinder alike --state learned"""
DESK = False  # it reads no table and no setting

SAVED_EVERY = 30.0  # seconds: whoever is killed loses at most what was said since
LONGEST = 200  # characters of the name of a question
RESERVED = "new-"

Answers = list[Struct | BadLineError | None]


class Line(Struct):
    """A post with its text, or an advisor's label for an earlier one."""

    id: Raw
    text: str | UnsetType = UNSET
    question: str | UnsetType = UNSET
    person: str | int | None = None


class Said(Struct, omit_defaults=True):
    """A line that goes out. `changed` lists what is new in a question that has changed."""

    id: Raw
    question: str | None
    confidence: float
    changed: tuple[str, ...] | UnsetType = UNSET


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--state",
        metavar="DIR",
        type=Path,
        help="a folder for what is learned; without it, it is forgotten at the end",
    )


def run(given: Namespace) -> int:
    from rejoinder.listening.alike import state
    from rejoinder.listening.alike.alike import Alike
    from rejoinder.listening.embedding.encoder import DIMENSIONS

    try:
        learned = given.state and state.load(given.state, DIMENSIONS)
        learned = learned or Alike(DIMENSIONS)
        listener = _Listener(learned, given.state)
        listener.save()
    except (state.BadStateError, OSError) as error:
        sys.stderr.write(f"{error}.\n")
        return 2
    try:
        return jsonl.answer_all(sys.stdin.buffer, sys.stdout.buffer, Line, listener.hear)
    finally:
        listener.save()


class _Listener:
    """Posts and labels in their order, and the state kept now and then."""

    def __init__(self, learned: "Alike", folder: Path | None) -> None:
        self._learned, self._folder = learned, folder
        self._saved_at = time.monotonic()

    def hear(self, lines: list[Line]) -> Answers:
        """Answer posts; learn labels, which take effect for the posts after them."""
        from rejoinder.listening.embedding.embed import embed

        answers: Answers = [_unfit(line) for line in lines]
        good = [line for line, fault in zip(lines, answers, strict=True) if fault is None]
        vectors = embed([str(line.text) for line in good if line.text is not UNSET])
        said: Answers = []
        for is_post, together in groupby(good, lambda line: line.text is not UNSET):
            some = list(together)
            if is_post:
                said += self._take(some, vectors[: len(some)])
                vectors = vectors[len(some) :]
            else:
                said += [self._label(line) for line in some]
        rest = iter(said)
        answers = [next(rest) if fault is None else fault for fault in answers]
        if time.monotonic() - self._saved_at > SAVED_EVERY:
            self.save()
        return answers

    def save(self) -> None:
        """Keep what was learned, if there is a folder for it."""
        from rejoinder.listening.alike import state

        if self._folder:
            state.save(self._learned, self._folder)
        self._saved_at = time.monotonic()

    def _label(self, line: Line) -> BadLineError | None:
        from rejoinder.listening.alike.alike import UnknownPostError

        try:
            self._learned.label(_key(line.id), str(line.question))
        except UnknownPostError:
            return BadLineError("No post with this id is remembered.")
        return None

    def _take(self, lines: Sequence[Line], vectors: "Floats") -> list[Said]:
        texts = [str(line.text) for line in lines]
        people = [None if line.person is None else str(line.person) for line in lines]
        matches = self._learned.take([_key(line.id) for line in lines], people, vectors, texts)
        return [_said(line, match) for line, match in zip(lines, matches, strict=True)]


def _unfit(line: Line) -> BadLineError | None:
    """Why a line can be neither answered nor learned."""
    if (line.text is UNSET) == (line.question is UNSET):
        return BadLineError("A line has either a text or a question")
    if isinstance(line.question, str):
        name = line.question.strip()
        if not name or len(name) > LONGEST or name.startswith(RESERVED):
            words = f'A question has a name of 1 to {LONGEST} characters, not "{RESERVED}…"'
            return BadLineError(words)
    return None


def _key(identity: Raw) -> str:
    """The same id written in two ways is one id; 1 and "1" are two."""
    return msgspec.json.encode(msgspec.json.decode(identity)).decode()


def _said(line: Line, match: "Match") -> Said:
    changed = UNSET if match.change is None else match.change.words
    return Said(line.id, match.question, match.confidence, changed)
