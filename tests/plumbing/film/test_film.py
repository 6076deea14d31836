"""Films are written anew or refused: what is seen and heard stays, what is hidden does not."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.plumbing.film import MOST, NoFilmError, ours
from rejoinder.plumbing.film.boxes import box, boxes
from tests import films

FILM = films.film()
HIDDEN = (b"Alice", b"51.5000", b"07700", b"x264", b"Lavf", b"Handler")


def with_boxes(data: bytes, *more: bytes, kind: bytes = b"moov") -> bytes:
    """The film with boxes put at the end of one of its own."""
    return b"".join(
        box(each.kind, each.body, *(more if each.kind == kind else ()))
        for each in boxes(memoryview(data))
    )


def patched(
    data: bytes, kind: bytes, at: int, form: str, *values: int, last: bool = False
) -> bytes:
    """The film with numbers written into a box, so many bytes behind its kind."""
    place = (data.rindex(kind) if last else data.index(kind)) + 4 + at
    return data[:place] + struct.pack(form, *values) + data[place + struct.calcsize(form) :]


def test_every_picture_and_every_sound_is_as_it_was() -> None:
    made = ours(FILM)
    assert films.shown(made.data) == films.shown(FILM)
    assert (made.width, made.height, round(made.seconds, 1)) == (160, 96, 2.0)
    assert [each.kind for each in boxes(memoryview(made.data))] == [b"ftyp", b"moov", b"mdat"]
    assert ours(made.data) == made


INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}


def long(kind: bytes, body: bytes) -> bytes:
    """A box as a writer of huge files writes it: 64 bits for times and places."""
    if kind in INSIDE:
        return box(kind, *(long(each.kind, bytes(each.body)) for each in boxes(memoryview(body))))
    if kind == b"stco":
        places = [place + 8 for (place,) in struct.iter_unpack(">I", body[8:])]
        return box(b"co64", body[:8], struct.pack(f">{len(places)}Q", *places))
    one = b"\x01" + body[1:4]
    if kind in {b"mvhd", b"mdhd"}:
        made, changed, second, lasts = struct.unpack_from(">4I", body, 4)
        return box(kind, one, struct.pack(">QQIQ", made, changed, second, lasts), body[20:])
    if kind == b"tkhd":
        made, changed, number, _, lasts = struct.unpack_from(">5I", body, 4)
        return box(kind, one, struct.pack(">QQIIQ", made, changed, number, 0, lasts), body[24:])
    if kind == b"elst":
        rows = struct.iter_unpack(">Iii", body[8:])
        return box(kind, one, body[4:8], *(struct.pack(">Qqi", *row) for row in rows))
    return box(kind, body)


def far(kind: bytes, body: bytes) -> bytes:
    """The same for those at the top, of which the samples have the longest length."""
    if kind == b"mdat":
        return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
    return long(kind, body)


def test_one_with_long_numbers_is_the_same_film() -> None:
    whole = b"".join(far(each.kind, bytes(each.body)) for each in boxes(memoryview(FILM)))
    assert films.shown(whole) == films.shown(FILM)
    assert ours(whole) == ours(FILM)


def test_sound_that_begins_late_begins_late() -> None:
    sound = FILM.rindex(b"elst") - 4
    entries = struct.pack(">I Iii Iii", 2, 500, -1, 1 << 16, 1500, 1024, 1 << 16)
    late = box(b"elst", bytes(4), entries)
    whole = bytearray(FILM[:sound] + late + FILM[sound + 28 :])
    for kind in (b"edts", b"trak", b"moov"):
        at = bytes(whole[:sound]).rindex(kind) - 4
        (size,) = struct.unpack_from(">I", whole, at)
        struct.pack_into(">I", whole, at, size + 12)
    heard = [films.begins(data) for data in (bytes(whole), ours(bytes(whole)).data)]
    assert heard[0] == heard[1]
    assert heard[0] > films.begins(FILM)


def test_a_film_without_sound_has_none() -> None:
    silent = films.film(sounds=0)
    assert films.shown(ours(silent).data) == films.shown(silent)


def test_place_device_times_and_what_hangs_about_are_gone() -> None:
    assert films.told(FILM)["location"] == films.PLACE
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", 18, 0x15C7), films.PLACE.encode()))
    device = box(b"uuid", bytes(range(16)), b"Granny Smith's phone")
    whole = with_boxes(FILM, place, device, box(b"free", b"hidden words"))
    whole = with_boxes(whole, b"between the pictures", kind=b"mdat")
    whole = patched(whole, b"mvhd", 4, ">II", 0xDEADBEEF, 0xDEADBEEF)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as packed:
        packed.writestr("secret.txt", "behind the film")
    whole += box(b"free", zipped.getvalue())
    assert films.shown(whole) == films.shown(FILM)
    clean = ours(whole).data
    assert clean == ours(FILM).data
    for hidden in (*HIDDEN, b"Granny", b"hidden", b"between", b"\xde\xad\xbe\xef", b"PK\x03\x04"):
        assert hidden not in clean, hidden
    assert set(films.told(clean)) <= {
        "major_brand",
        "minor_version",
        "compatible_brands",
        "language",
    }


@pytest.mark.parametrize(("quarter", "turn"), [((0, 1, -1, 0), 270), ((-1, 0, 0, -1), 180)])
def test_it_stays_turned_as_it_was(quarter: tuple[int, ...], turn: int) -> None:
    a, b, c, d = (side << 16 for side in quarter)
    turned = patched(FILM, b"tkhd", 40, ">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    made = ours(turned)
    assert {rotation % 360 for _, rotation, _ in films.shown(made.data)[0]} == {turn}
    assert films.shown(made.data) == films.shown(turned)
    assert (made.width, made.height) == ((96, 160) if turn == 270 else (160, 96))


def test_what_was_cut_away_does_not_leave_unseen() -> None:
    later = patched(FILM, b"elst", 8, ">Ii", 1000, 12_800)  # the first second is not shown
    sooner = patched(FILM, b"elst", 8, ">I", 1000)  # nor is the last one here
    for hiding in (later, sooner):
        with pytest.raises(NoFilmError, match="cut"):
            ours(hiding)


def test_what_it_says_of_its_length_is_not_believed() -> None:
    claims = patched(FILM, b"mvhd", 16, ">I", 0xFFFF_FFFF)
    assert ours(claims) == ours(FILM)
    whole = patched(FILM, b"elst", 8, ">I", 0)
    with pytest.raises(NoFilmError, match="too long"):
        ours(patched(whole, b"stts", 12, ">I", 0x10_0000))  # 82 seconds a picture
    with pytest.raises(NoFilmError, match="broken"):
        ours(patched(whole, b"stts", 12, ">I", 0x7FFF_FFFF))


def box_of(kind: bytes, size: int) -> bytes:
    return struct.pack(">I4sQ", 1, kind, size)


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("film.mp4", FILM)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "kind"),
        (zipped(), "kind"),
        (b"<html><script>alert(1)</script>", "kind"),
        (FILM.replace(b"ftypisom", b"ftypqt  "), "kind"),
        (FILM[:32], "broken"),
        (FILM[:-1], "broken"),
        (FILM + b"PK\x03\x04 behind", "broken"),
        (FILM[:32] + box_of(b"moov", 1 << 63), "broken"),
        (FILM[:32] + box_of(b"moov", (1 << 64) - 1), "broken"),
        (FILM[:32] + box(b"free") * 5000 + FILM[32:], "broken"),
        (patched(FILM, b"stsz", 4, ">I", 1_000_000), "broken"),
        (patched(FILM, b"stsz", 8, ">I", 0xFFFF_FFFF), "broken"),
        (patched(FILM, b"stts", 8, ">I", 0xFFFF_FFFF), "broken"),
        (patched(FILM, b"stsc", 12, ">I", 0xFFFF_FFFF), "broken"),
        (patched(FILM, b"stco", 8, ">I", 0xFFFF_FFF0), "broken"),
        (patched(FILM, b"mdhd", 12, ">I", 0), "broken"),
        (patched(FILM, b"avcC", 1, ">B", 110), "coding"),
        (patched(FILM, b"avc1", 24, ">HH", 16, 16, last=True), "size"),
        (patched(FILM, b"avc1", 24, ">HH", 65_535, 65_535, last=True), "size"),
        (films.film(pictures=2), "several"),
        (films.film(sounds=2), "several"),
        (films.film(video="libx265"), "coding"),
        (films.film(audio="libmp3lame"), "coding"),
        (films.film(flags="+frag_keyframe+empty_moov"), "pieces"),
        (bytes(MOST + 1), "too large"),
    ],
)
def test_what_is_no_film_that_can_leave_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NoFilmError, match=why):
        ours(data)


def test_a_film_made_to_take_long_is_refused_soon() -> None:
    """Millions of units of one byte in one picture, which each would have to be looked at."""
    units = struct.pack(">IB", 1, 0x65) * 4_000_000
    count = struct.unpack_from(">I", FILM, FILM.index(b"stsz") + 12)[0]
    first = struct.unpack_from(">I", FILM, FILM.index(b"stco") + 12)[0]
    many = patched(FILM, b"stsz", 12, ">I", len(units))
    at = FILM.index(b"mdat") - 4
    size = struct.unpack_from(">I", FILM, at)[0] + len(units)
    many = many[:at] + struct.pack(">I", size) + many[at + 4 : first] + units + many[first:]
    assert count
    begun = time.process_time()
    with pytest.raises(NoFilmError):
        ours(many)
    assert time.process_time() - begun < 5


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_one_is_refused_or_is_a_film(data: st.DataObject) -> None:
    whole = bytearray(FILM)
    head = whole.rindex(b"moov")
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.one_of(st.integers(head, len(whole) - 1), st.integers(0, 47)))
        whole[place] = data.draw(st.integers(0, 255))
    try:
        made = ours(bytes(whole))
    except NoFilmError:
        return
    assert len(made.data) < 2 * len(FILM)
    assert [each.kind for each in boxes(memoryview(made.data))] == [b"ftyp", b"moov", b"mdat"]
    assert ours(made.data) == made


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FILM) - 1))
def test_a_piece_of_one_is_refused(end: int) -> None:
    with pytest.raises(NoFilmError):
        ours(FILM[:end])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_anything_at_all_is_refused_or_read(tail: bytes) -> None:
    with pytest.raises(NoFilmError):
        ours(FILM[:32] + tail)
