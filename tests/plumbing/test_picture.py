"""Pictures are made harmless or refused: nothing hidden stays, nothing huge is unpacked."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rejoinder.plumbing import picture
from rejoinder.plumbing.picture import LONGEST, OUR_MOST, NoPictureError, harmless, ours

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def file(kind: str, size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, kind, **more)
    return written.getvalue()


def shown(data: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(harmless(data)))
    opened.load()
    assert opened.format == "WEBP"
    return opened


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_kind_is_written_anew(kind: str) -> None:
    assert shown(file(kind)).size == (40, 20)


def test_place_device_and_what_hangs_behind_are_gone() -> None:
    exif = Image.Exif()
    exif[MAKE] = "Granny Smith's phone"
    exif[GPS] = {1: "N", 2: (51.0, 30.0, 0.0)}
    data = (
        file("JPEG", exif=exif, comment=b"call 07700 900123") + b"<script>alert(1)</script>PK\3\4"
    )
    assert b"Granny" in data
    clean = harmless(data)
    for hidden in (b"Granny", b"07700", b"script", b"Exif", b"EXIF", b"PK\3\4"):
        assert hidden not in clean
    assert not shown(data).getexif()


def test_it_stands_upright_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert shown(file("JPEG", exif=exif)).size == (20, 40)


def test_a_large_one_is_made_smaller_and_a_moving_one_stands() -> None:
    assert max(shown(file("PNG", (4000, 1000))).size) == LONGEST
    frames = [Image.new("P", (30, 30), n) for n in range(3)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(shown(written.getvalue()), "n_frames", 1) == 1


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*each) for each in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "known kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "known kind"),
        (b"%PDF-1.7", "known kind"),
        (bomb(30_000, 30_000), "pixels"),
        (bomb(2**31 - 1, 2**31 - 1), "pixels"),
        (file("JPEG")[:300], "broken"),
        (b"\x00" * (picture.MOST + 1), "too large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NoPictureError, match=why):
        harmless(data)


@settings(max_examples=60)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_a_broken_one_is_refused_or_shown_and_never_more(kind: str, data: st.DataObject) -> None:
    whole = bytearray(file(kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        clean = harmless(bytes(whole))
    except NoPictureError:
        return
    assert Image.open(io.BytesIO(clean)).format == "WEBP"


def test_ours_is_a_jpeg_that_every_platform_takes() -> None:
    noise = Image.effect_noise((2200, 1500), 60).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    assert written.tell() > OUR_MOST
    drawn = ours(written.getvalue())
    opened = Image.open(io.BytesIO(drawn.data))
    assert (opened.format, opened.size) == ("JPEG", (drawn.width, drawn.height))
    assert len(drawn.data) <= OUR_MOST
    assert abs(drawn.width / drawn.height - 2200 / 1500) < 0.01


def test_what_is_clear_in_ours_is_white_and_what_is_hidden_is_gone() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(written, "PNG")
    opened = Image.open(io.BytesIO(ours(written.getvalue()).data))
    assert opened.convert("RGB").getpixel((20, 10)) == (255, 255, 255)
    exif = Image.Exif()
    exif[MAKE] = "Alice's phone"
    hidden = ours(file("JPEG", exif=exif, comment=b"call 07700 900123")).data
    assert not any(words in hidden for words in (b"Alice", b"07700", b"Exif"))
