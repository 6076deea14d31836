"""H.264 and AAC as an MP4 carries them: described anew, without messages between frames.

ISO/IEC 14496-15 (avcC and samples), 14496-1 (esds), ITU-T H.264 table 7-1 (kinds of units). Pure.
"""

import struct
from typing import NamedTuple

from rejoinder.plumbing.film.boxes import NoFilmError, box, boxes, broken, full, one, read
from rejoinder.plumbing.film.tables import Sample

_PROFILES = {66, 77, 88, 100}  # baseline, main, extended, high: 8 bits, what players play
_WITH_DEPTH = {100}
# Slices, parameter sets and the marks between pictures. Not messages (6), filling (12) or kinds
# that only some readers know: there cameras and encoders write what they like.
_KEPT = {1, 2, 3, 4, 5, 7, 8, 9, 10, 11}
_UNITS = 1_000_000  # in one film; ten slices a picture for half an hour
_LANGUAGES = {2, 5, 29}  # of AAC: low complexity, with bands and with stereo made up
_MPEG4_AUDIO = 0x40


class Seen(NamedTuple):
    """How pictures are coded: the entry to write, the bytes of a unit's length, sizes."""

    entry: bytes
    prefix: int
    width: int
    height: int
    pixel: tuple[int, int]


def seen(body: memoryview) -> Seen:
    """Of an `avc1` entry. Raises NoFilmError."""
    width, height = read(">HH", body, 24)
    children = boxes(body[78:])
    config, prefix = _config(one(children, b"avcC"))
    pixel = (1, 1)
    parts = [config]
    for child in children:
        if child.kind == b"pasp":
            pixel = _pixel(child.body)
            parts.append(box(b"pasp", struct.pack(">II", *pixel)))
        elif child.kind == b"colr" and bytes(child.body[:4]) == b"nclx" and len(child.body) == 11:
            parts.append(box(b"colr", child.body))
    head = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HH", width, height)
    head += struct.pack(">IIIH", 72 << 16, 72 << 16, 0, 1) + bytes(32) + b"\x00\x18\xff\xff"
    return Seen(box(b"avc1", head, *parts), prefix, width, height, pixel)


def _pixel(body: memoryview) -> tuple[int, int]:
    across, down = read(">II", body)
    if not (0 < across < 65_536 and 0 < down < 65_536):
        raise broken()
    return across, down


def _config(body: memoryview) -> tuple[bytes, int]:
    version, profile, _, _, lengths, sets = read(">6B", body)
    prefix = (lengths & 3) + 1
    if version != 1 or prefix == 3 or not sets & 31:
        raise broken()
    if profile not in _PROFILES:
        raise NoFilmError("coding")
    sequence, at = _sets(body, 6, sets & 31, 7)
    (count,) = read(">B", body, at)
    pictures, at = _sets(body, at + 1, count, 8)
    made = bytes(body[:4]) + bytes([0xFC | prefix - 1, 0xE0 | sets & 31])
    made += sequence + bytes([count]) + pictures
    if profile in _WITH_DEPTH and at < len(body):
        chroma, luma, depth, more = read(">4B", body, at)
        if (chroma & 3, luma & 7, depth & 7, more) != (1, 0, 0, 0):
            raise NoFilmError("coding")
        made += bytes([0xFD, 0xF8, 0xF8, 0])
    return box(b"avcC", made), prefix


def _sets(body: memoryview, at: int, count: int, kind: int) -> tuple[bytes, int]:
    """Parameter sets as they stand, each of its kind, and where they end."""
    start = at
    for _ in range(count):
        (length,) = read(">H", body, at)
        if not length or read(">B", body, at + 2)[0] & 31 != kind:
            raise broken()
        at += 2 + length
    if at > len(body):
        raise broken()
    return bytes(body[start:at]), at


def bare(samples: list[Sample], prefix: int) -> list[Sample]:
    """Pictures without what is no picture. Raises NoFilmError where units do not fit."""
    left = _UNITS
    found: list[Sample] = []
    for sample in samples:
        units = _units(sample.data, prefix, left)
        left -= len(units)
        kept = [unit for unit in units if unit[prefix] & 31 in _KEPT]
        if not kept:
            raise broken()
        data = sample.data if len(kept) == len(units) else memoryview(b"".join(kept))
        found.append(sample._replace(data=data))
    return found


def _units(data: memoryview, prefix: int, most: int) -> list[memoryview]:
    """The units of a picture, each with its length before it."""
    found: list[memoryview] = []
    at = 0
    while at < len(data):
        end = at + prefix + int.from_bytes(data[at : at + prefix], "big")
        if end > len(data) or end <= at + prefix or len(found) == most:
            raise broken()
        found.append(data[at:end])
        at = end
    return found


def heard(body: memoryview) -> bytes:
    """The entry to write for an `mp4a` entry. Raises NoFilmError."""
    version, channels = read(">H6xH", body, 8)
    rate = read(">I", body, 24)[0]
    if version != 0 or not 1 <= channels <= 8:
        raise NoFilmError("coding")
    config = _audio(one(boxes(body[28:]), b"esds"))
    decoder = _tag(4, bytes([_MPEG4_AUDIO, 0x15]), bytes(11), _tag(5, config))
    described = full(b"esds", 0, 0, _tag(3, bytes([0, 0, 0]), decoder, _tag(6, b"\x02")))
    head = bytes(6) + struct.pack(">H8xHHIH", 1, channels, 16, 0, rate >> 16) + bytes(2)
    return box(b"mp4a", head, described)


def _audio(body: memoryview) -> bytes:
    """What a decoder of AAC has to know, from the descriptions around it."""
    stream = _inner(body[4:], 3)
    (flags,) = read(">B", stream, 2)
    if flags & 0xE0:  # it hangs on another stream, or lies elsewhere
        raise broken()
    decoder = _inner(stream[3:], 4)
    if read(">B", decoder)[0] != _MPEG4_AUDIO:
        raise NoFilmError("coding")
    config = bytes(_inner(decoder[13:], 5))
    if not 2 <= len(config) <= 64:
        raise broken()
    if config[0] >> 3 not in _LANGUAGES:
        raise NoFilmError("coding")
    return config


def _inner(data: memoryview, tag: int) -> memoryview:
    """What a description holds; its length is written in up to four bytes of seven bits."""
    if not data or data[0] != tag:
        raise broken()
    size = 0
    for at in range(1, 5):
        (byte,) = read(">B", data, at)
        size = size << 7 | byte & 127
        if not byte & 128:
            if at + 1 + size > len(data):
                raise broken()
            return data[at + 1 : at + 1 + size]
    raise broken()


def _tag(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes([tag, len(body)]) + body
