"""What of a site's comments is new, was edited, or is gone, from the numbers known. Pure.

Comments are numbered as they come and a site tells nobody of edits, so the newest are read each
time and older ones in turn. One that is spam, in the bin or deleted is not listed any more, and is
gone for the desk; one that comes back is an edit.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from rejoinder.channels.wordpress import reading, shapes

RECENT = 300  # comments whose edits and deletions are followed
FEW = 5  # so many at once are not gone: the site has a bad day

GONE = ""  # in the place of a mark


class Known(NamedTuple):
    """A comment heard: its number, the mark of its words, the first comment above it."""

    id: int
    mark: str
    root: int


class Cursor(Struct, omit_defaults=True):
    """How far a site was heard. Up to `floor` is the past; `known` are above it, oldest first."""

    floor: int = 0
    known: list[Known] = []
    turn: int = 0
    begun: bool = False


class Noticed(Struct):
    """What a look brought."""

    new: list[shapes.Comment]
    edited: list[shapes.Comment]
    gone: list[int]


def ground(cursor: Cursor) -> int:
    """The highest number that was heard; whoever has read down to it has read everything."""
    return max([cursor.floor, *(known.id for known in cursor.known)])


def notice(cursor: Cursor, comments: Iterable[shapes.Comment], looked_at: Iterable[int]) -> Noticed:
    """Compare what is there with what is known of the numbers that were looked at."""
    there = {comment.id: comment for comment in comments}
    known = {each.id: each for each in cursor.known}
    new = [each for number, each in there.items() if number > cursor.floor and number not in known]
    edited = [
        each
        for number, each in there.items()
        if number in known and known[number].mark != reading.mark(each)
    ]
    return Noticed(
        new=sorted(new, key=lambda each: each.id),
        edited=edited,
        gone=_gone([known[one] for one in looked_at if one in known], set(there)),
    )


def _gone(looked_at: Sequence[Known], there: set[int]) -> list[int]:
    stood = [each.id for each in looked_at if each.mark != GONE]
    gone = [number for number in stood if number not in there]
    return [] if len(gone) == len(stood) >= FEW else gone


def remember(cursor: Cursor, noticed: Iterable[Noticed], roots: dict[int, int]) -> Cursor:
    """The cursor after this; the oldest are forgotten, and the past begins above them."""
    known = {each.id: each for each in cursor.known}
    for each in noticed:
        for comment in (*each.new, *each.edited):
            root = roots.get(comment.id, comment.id)
            known[comment.id] = Known(comment.id, reading.mark(comment), root)
        for number in each.gone:
            known[number] = known[number]._replace(mark=GONE)
    kept = sorted(known.values())
    forgotten = kept[:-RECENT]
    floor = max([cursor.floor, *(each.id for each in forgotten)])
    return Cursor(floor=floor, known=kept[-RECENT:], turn=cursor.turn + 1, begun=True)
