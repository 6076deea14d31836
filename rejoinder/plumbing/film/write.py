"""An MP4 written: its description first, then the samples, second by second. Pure."""

import struct
from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import NamedTuple

from rejoinder.plumbing.film.boxes import box, full
from rejoinder.plumbing.film.read import Track
from rejoinder.plumbing.film.tables import Sample

_MS = 1000  # ticks of the film in a second
_ONE = 1 << 16
_UNDETERMINED = 0x55C4  # the language "und" (ISO 639-2), five bits a letter
_KIND = box(b"ftyp", b"isom\x00\x00\x02\x00", b"isom", b"iso2", b"avc1", b"mp41")


class _Chunk(NamedTuple):
    """Samples of one track that lie together: about a second of it."""

    second: int
    track: int
    samples: list[Sample]

    @property
    def size(self) -> int:
        return sum(len(sample.data) for sample in self.samples)


def written(tracks: list[Track]) -> bytes:
    """The film of these, seen and heard."""
    chunks = sorted(
        (chunk for number, track in enumerate(tracks) for chunk in _chunks(number, track)),
        key=lambda chunk: (chunk.second, chunk.track),
    )
    # How long the description is does not depend on the places it names.
    start = len(_KIND) + len(_movie(tracks, chunks, 0)) + 8
    data = (sample.data for chunk in chunks for sample in chunk.samples)
    size = struct.pack(">I4s", sum(chunk.size for chunk in chunks) + 8, b"mdat")
    return b"".join((_KIND, _movie(tracks, chunks, start), size, *data))


def _chunks(number: int, track: Track) -> Iterator[_Chunk]:
    begins = [0, *accumulate(sample.lasts for sample in track.samples)]
    pairs = zip(begins, track.samples, strict=False)
    for second, group in groupby(pairs, key=lambda pair: pair[0] // track.second):
        yield _Chunk(second, number, [sample for _, sample in group])


def _movie(tracks: list[Track], chunks: list[_Chunk], start: int) -> bytes:
    places = list(accumulate((chunk.size for chunk in chunks), initial=start))
    length = max(_length(track) for track in tracks)
    head = struct.pack(">IIIIIH10x", 0, 0, _MS, length, _ONE, 0x100)
    head += _matrix(tracks[0]._replace(turn=(1, 0, 0, 1))) + bytes(24)
    made = [full(b"mvhd", 0, 0, head, struct.pack(">I", len(tracks) + 1))]
    for number, track in enumerate(tracks):
        mine = [(at, chunk) for at, chunk in zip(places, chunks, strict=False)]
        made.append(_track(number, track, [pair for pair in mine if pair[1].track == number]))
    return box(b"moov", *made)


def _length(track: Track) -> int:
    return track.late + track.plays * _MS // track.second


def _track(number: int, track: Track, chunks: list[tuple[int, _Chunk]]) -> bytes:
    loud = 0 if track.width else 0x100
    head = struct.pack(">IIIII8xHHHH", 0, 0, number + 1, 0, _length(track), 0, 0, loud, 0)
    across = track.width * track.pixel[0] * _ONE // track.pixel[1]
    size = struct.pack(">II", across, track.height * _ONE)
    lasts = sum(sample.lasts for sample in track.samples)
    times = struct.pack(">IIIIHH", 0, 0, track.second, lasts, _UNDETERMINED, 0)
    kind = b"vide" if track.width else b"soun"
    return box(
        b"trak",
        full(b"tkhd", 0, 3, head, _matrix(track), size),
        box(b"edts", full(b"elst", 0, 0, _edits(track))),
        box(
            b"mdia",
            full(b"mdhd", 0, 0, times),
            full(b"hdlr", 0, 0, bytes(4), kind, bytes(13)),
            _media(track, chunks),
        ),
    )


def _matrix(track: Track) -> bytes:
    """By quarters, moved so that it stays in view."""
    a, b, c, d = track.turn
    right = track.height if c < 0 else track.width if a < 0 else 0
    down = track.width if b < 0 else track.height if d < 0 else 0
    sides = (a * _ONE, b * _ONE, 0, c * _ONE, d * _ONE, 0, right * _ONE, down * _ONE, 1 << 30)
    return struct.pack(">9i", *sides)


def _edits(track: Track) -> bytes:
    shown = struct.pack(">Iii", track.plays * _MS // track.second, track.starts, _ONE)
    if not track.late:
        return struct.pack(">I", 1) + shown
    return struct.pack(">IIii", 2, track.late, -1, _ONE) + shown


def _media(track: Track, chunks: list[tuple[int, _Chunk]]) -> bytes:
    seen = full(b"vmhd", 0, 1, bytes(8)) if track.width else full(b"smhd", 0, 0, bytes(4))
    here = full(b"dref", 0, 0, struct.pack(">I", 1), full(b"url ", 0, 1))
    tables = [
        full(b"stsd", 0, 0, struct.pack(">I", 1), track.entry),
        full(b"stts", 0, 0, _runs(">II", [sample.lasts for sample in track.samples])),
    ]
    shifts = [sample.shift for sample in track.samples]
    if any(shifts):
        tables.append(full(b"ctts", int(min(shifts) < 0), 0, _runs(">Ii", shifts)))
    keys = [n for n, sample in enumerate(track.samples, start=1) if sample.key]
    if len(keys) < len(track.samples):
        tables.append(full(b"stss", 0, 0, _numbers(keys)))
    sizes = [len(sample.data) for sample in track.samples]
    tables += [
        full(b"stsc", 0, 0, _held([len(chunk.samples) for _, chunk in chunks])),
        full(b"stsz", 0, 0, bytes(4), _numbers(sizes)),
        full(b"stco", 0, 0, _numbers([at for at, _ in chunks])),
    ]
    return box(b"minf", seen, box(b"dinf", here), box(b"stbl", *tables))


def _runs(form: str, values: list[int]) -> bytes:
    runs = [(len(list(group)), value) for value, group in groupby(values)]
    return struct.pack(">I", len(runs)) + b"".join(struct.pack(form, *run) for run in runs)


def _numbers(values: list[int]) -> bytes:
    return struct.pack(f">I{len(values)}I", len(values), *values)


def _held(counts: list[int]) -> bytes:
    """How many samples the chunks hold, written where that changes."""
    rows: list[tuple[int, int, int]] = []
    for chunk, count in enumerate(counts, start=1):
        if not rows or rows[-1][1] != count:
            rows.append((chunk, count, 1))
    return struct.pack(">I", len(rows)) + b"".join(struct.pack(">III", *row) for row in rows)
