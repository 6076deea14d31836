"""The tables of a track: where its samples lie, how long each is shown, in which order. Pure."""

from itertools import pairwise
from typing import NamedTuple

from rejoinder.plumbing.film.boxes import Box, broken, one, only, read, rows

SAMPLES = 100_000  # of a track: ten minutes at 120 a second, and more


class Sample(NamedTuple):
    """One picture or piece of sound; `lasts` and `shift` in ticks of its track."""

    data: memoryview
    lasts: int
    shift: int = 0
    key: bool = True


def samples(table: list[Box], whole: memoryview) -> list[Sample]:
    """The samples of a track in the order of decoding. Raises NoFilmError."""
    sizes = _sizes(one(table, b"stsz"))
    count = len(sizes)
    lasting = _spread(one(table, b"stts"), ">II", count)
    shifts = _optional(table, b"ctts")
    keys = _optional(table, b"stss")
    shifted = _spread(shifts, ">Ii", count) if shifts else [0] * count
    shown = {row[0] for row in rows(">I", keys, 4, count)} if keys else None
    data = _pieces(table, sizes, whole)
    return [
        Sample(data[n], lasting[n], shifted[n], shown is None or n + 1 in shown)
        for n in range(count)
    ]


def _sizes(body: memoryview) -> list[int]:
    same, count = read(">II", body, 4)
    if not 1 <= count <= SAMPLES:
        raise broken()
    return [same] * count if same else [row[0] for row in rows(">I", body, 8, SAMPLES)]


def _optional(table: list[Box], kind: bytes) -> memoryview | None:
    return one(table, kind) if any(each.kind == kind for each in table) else None


def _spread(body: memoryview, form: str, count: int) -> list[int]:
    """What is written in runs, one for each sample."""
    runs = rows(form, body, 4, SAMPLES)
    if sum(run[0] for run in runs) != count:
        raise broken()
    return [value for times, value in runs for _ in range(times)]


def _pieces(table: list[Box], sizes: list[int], whole: memoryview) -> list[memoryview]:
    """The bytes of each sample. What overlaps would let a small file become a huge one."""
    if sum(sizes) > len(whole) or not all(sizes):
        raise broken()
    places = _chunks(table)
    held = _held(one(table, b"stsc"), len(places))
    if sum(held) != len(sizes):
        raise broken()
    found: list[memoryview] = []
    for at, count in zip(places, held, strict=True):
        for size in sizes[len(found) : len(found) + count]:
            if at + size > len(whole):
                raise broken()
            found.append(whole[at : at + size])
            at += size  # noqa: PLW2901  # the next begins where this one ends
    return found


def _chunks(table: list[Box]) -> list[int]:
    far = any(each.kind == b"co64" for each in table)
    body = one(table, b"co64" if far else b"stco")
    return [only(row[0]) for row in rows(">Q" if far else ">I", body, 4, SAMPLES)]


def _held(body: memoryview, chunks: int) -> list[int]:
    """How many samples each chunk holds; written for the first of chunks that hold as many."""
    runs = rows(">III", body, 4, SAMPLES)
    firsts = [run[0] for run in runs] + [chunks + 1]
    if not runs or firsts[0] != 1 or any(later <= first for first, later in pairwise(firsts)):
        raise broken()
    if any(not 1 <= run[1] <= SAMPLES or run[2] != 1 for run in runs):
        raise broken()
    return [
        run[1]
        for run, (first, later) in zip(runs, pairwise(firsts), strict=True)
        for _ in range(later - first)
    ]
