"""An MP4 opened: the one track that is seen, and the one that is heard if there is one. Pure."""

from itertools import accumulate
from typing import NamedTuple

from rejoinder.plumbing.film import coding
from rejoinder.plumbing.film.boxes import (
    Box,
    NoFilmError,
    boxes,
    broken,
    inside,
    one,
    only,
    read,
    rows,
)
from rejoinder.plumbing.film.tables import Sample, samples

_SECOND = range(1, 1_000_001)  # ticks
_HIDDEN = 0.5  # seconds that encoders need before and behind; more was cut away by somebody
_LATE = 10  # seconds by which sound may begin behind the pictures
_ONE = 1 << 16
_TURNS = {(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)}  # upright, right, over, left
UPRIGHT = (1, 0, 0, 1)


class Track(NamedTuple):
    """What is seen or heard. Times are in ticks, `second` of them a second; `late` in ms.

    `starts` is the tick at which it begins to be shown, `plays` for how many.
    """

    entry: bytes
    second: int
    samples: list[Sample]
    starts: int
    plays: int
    late: int = 0
    prefix: int = 0
    width: int = 0
    height: int = 0
    pixel: tuple[int, int] = (1, 1)
    turn: tuple[int, ...] = UPRIGHT

    @property
    def seconds(self) -> float:
        """From the beginning of the film to the end of this."""
        return self.plays / self.second + self.late / 1000


def opened(whole: memoryview) -> tuple[Track, Track | None]:
    """What is seen and what is heard; other tracks are left out. Raises NoFilmError."""
    if bytes(whole[4:8]) != b"ftyp" or bytes(whole[8:12]) == b"qt  ":
        raise NoFilmError("kind")
    top = boxes(whole)
    if any(each.kind == b"moof" for each in top):
        raise NoFilmError("pieces")
    movie = inside(top, b"moov")
    second = _second(one(movie, b"mvhd"))
    tracks = [boxes(each.body) for each in movie if each.kind == b"trak"]
    seen = [each for each in tracks if _kind(each) == b"vide"]
    heard = [each for each in tracks if _kind(each) == b"soun"]
    if len(seen) != 1 or len(heard) > 1:
        raise NoFilmError("several" if seen else "nothing seen")
    return _track(seen[0], whole, second), _track(heard[0], whole, second) if heard else None


def _kind(track: list[Box]) -> bytes:
    return bytes(one(inside(track, b"mdia"), b"hdlr")[8:12])


def _track(track: list[Box], whole: memoryview, movie: int) -> Track:
    media = inside(track, b"mdia")
    second = _second(one(media, b"mdhd"))
    table = inside(media, b"minf", b"stbl")
    entry = _entry(one(table, b"stsd"))
    found = samples(table, whole)
    first, end = _span(found)
    starts, late = _edit(track, first, end, second, movie)
    made = Track(b"", second, found, starts, only(end - starts), late)
    if entry.kind == b"mp4a":
        return made._replace(entry=coding.heard(entry.body))
    seen = coding.seen(entry.body)
    return made._replace(
        entry=seen.entry,
        prefix=seen.prefix,
        width=seen.width,
        height=seen.height,
        pixel=seen.pixel,
        turn=_turn(one(track, b"tkhd")),
    )


def _second(body: memoryview) -> int:
    """How many ticks a second has, in a header of either version."""
    second = int(read(">I", body, 20 if _long(body) else 12)[0])
    if second not in _SECOND:
        raise broken()
    return second


def _long(body: memoryview) -> bool:
    """Whether its times have 64 bits."""
    return bool(read(">B", body)[0] == 1)


def _entry(body: memoryview) -> Box:
    """The only way in which a track is coded."""
    found = boxes(body[8:])
    if read(">I", body, 4) != (1,) or len(found) != 1:
        raise broken()
    if found[0].kind not in {b"avc1", b"mp4a"}:
        raise NoFilmError("coding")
    return found[0]


def _turn(body: memoryview) -> tuple[int, ...]:
    """How it is turned to be upright, by quarters; a film that is slanted stands straight."""
    a, b, c, d = read(">ii4xii", body, 52 if _long(body) else 40)
    turned = tuple(side // _ONE for side in (a, b, c, d))
    return turned if turned in _TURNS else UPRIGHT


def _span(found: list[Sample]) -> tuple[int, int]:
    """From which tick to which its samples are shown; pictures are not shown as they are coded."""
    begins = accumulate((sample.lasts for sample in found), initial=0)
    shown = [(at + each.shift, each.lasts) for at, each in zip(begins, found, strict=False)]
    return min(at for at, _ in shown), max(at + lasts for at, lasts in shown)


def _edit(track: list[Box], first: int, end: int, second: int, movie: int) -> tuple[int, int]:
    """From which tick it is shown, and how many ms into the film.

    What a person cut away stays in many files and is only not shown. Such a film is refused: who
    cut something away does not want it to leave.
    """
    edits = _edits(track)
    late = 0
    if len(edits) == 2 and edits[0][1] == -1:
        late = edits[0][0] * 1000 // movie
        edits = edits[1:]
    if not edits:
        return max(0, first), late
    length, starts, rate = edits[0]
    if len(edits) > 1 or starts < 0 or late > _LATE * 1000 or rate != _ONE:
        raise NoFilmError("cut")
    behind = (end - starts) / second - length / movie if length else 0.0
    if starts - first > _HIDDEN * second or behind > _HIDDEN:
        raise NoFilmError("cut")
    return starts, late


def _edits(track: list[Box]) -> list[tuple[int, ...]]:
    """Each a length in ticks of the film, a tick of the track (-1: nothing), and a speed."""
    if not any(each.kind == b"edts" for each in track):
        return []
    body = one(inside(track, b"edts"), b"elst")
    return rows(">Qqi" if _long(body) else ">Iii", body, 4, 100)
