"""Count texts as a platform counts them."""

import sys
from argparse import ArgumentParser, Namespace

from msgspec import Raw, Struct

from rejoinder.plumbing import jsonl

NAME = "count"
HELP = "Count texts as a platform counts them: JSON lines in, JSON lines out."
EXAMPLE = """echo '{"id": 1, "text": "Back at noon"}' | rejoinder count --channel bluesky"""
DESK = False  # it reads no table and no setting


class Text(Struct):
    """A line that comes in."""

    text: str
    id: Raw = jsonl.NULL
    reply: bool = False


class Counted(Struct):
    """A line that goes out: for the limit nearest its cap; `ok` needs all of them."""

    id: Raw
    used: int
    allowed: int
    ok: bool


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--channel", required=True, metavar="NAME", help="the platform")


def run(given: Namespace) -> int:
    from rejoinder.channels import registry

    try:
        channel = registry.channel(given.channel)
    except registry.UnknownChannelError as error:
        sys.stderr.write(f"{error}\n")
        return 2

    def count(line: Text) -> Counted:
        found = channel.count(line.text, reply=line.reply)
        return Counted(line.id, found.used, found.allowed, found.ok)

    return jsonl.answer(sys.stdin.buffer, sys.stdout.buffer, Text, count)
