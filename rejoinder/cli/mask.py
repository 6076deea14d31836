"""Mask personal data in texts, or say where it stands."""

import sys
from argparse import ArgumentParser, Namespace

from msgspec import Raw, Struct

from rejoinder.plumbing import jsonl

NAME = "mask"
HELP = "Mask personal data in texts: JSON lines in, JSON lines out."
EXAMPLE = """echo '{"id": 1, "text": "ring o7700 9oo123"}' | rejoinder mask"""
DESK = False  # it reads no table and no setting


class Text(Struct):
    """A line that comes in."""

    text: str
    id: Raw = jsonl.NULL


class Masked(Struct):
    """A line that goes out."""

    id: Raw
    text: str


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--spans", action="store_true", help="say where it stands instead, and of which kind"
    )
    parser.add_argument(
        "--pattern",
        action="append",
        default=[],
        metavar="RE2",
        help="what an account or order number of yours looks like, such as NW-[0-9]{8}; may repeat",
    )
    parser.add_argument(
        "--published",
        action="append",
        default=[],
        metavar="NUMBER",
        help="a phone number or e-mail address of your own, which stays; may repeat",
    )


def run(given: Namespace) -> int:
    from rejoinder.privacy.find import BadPatternError, Finder, Pattern, Span

    class Spans(Struct):
        """A line that goes out with --spans."""

        id: Raw
        spans: tuple[Span, ...]

    try:
        finder = Finder([Pattern(one) for one in given.pattern], given.published)
    except BadPatternError as error:
        sys.stderr.write(f"{error}\n")
        return 2

    def spans(lines: list[Text]) -> list[Struct]:
        found = finder.find([line.text for line in lines])
        return [Spans(line.id, one) for line, one in zip(lines, found, strict=True)]

    def masked(lines: list[Text]) -> list[Struct]:
        found = finder.masked([line.text for line in lines])
        return [Masked(line.id, text) for line, (text, _) in zip(lines, found, strict=True)]

    many = spans if given.spans else masked
    return jsonl.answer_all(sys.stdin.buffer, sys.stdout.buffer, Text, many)
