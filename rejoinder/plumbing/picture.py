"""A picture made harmless: read whole, and written anew without what it hides.

What is written anew has no metadata (place, device, owner), no second file behind the first, and
nothing that only some reader of the format would take for code.
"""

import io
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST = 10_000_000  # bytes that are read
PIXELS = 40_000_000  # of the picture as it came: 160 MB as it is drawn
LONGEST = 1600  # pixels of the side that is left
MEDIA_TYPE = "image/webp"
# What leaves is a JPEG, which every platform and every mail program shows, and within the
# narrowest of their limits: 1,000,000 bytes (app.bsky.embed.images).
OUR_LONGEST = 2000
OUR_MOST = 950_000
_QUALITIES = (88, 80, 70, 60)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Pillow warns at a size of its own; here ours counts, and before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


class Drawn(NamedTuple):
    """A picture as it leaves, with its size in pixels."""

    data: bytes
    width: int
    height: int


class NoPictureError(Exception):
    """It is no picture that can be shown. The message says why, in English."""


def harmless(data: bytes) -> bytes:
    """The picture as WebP, upright, at most `LONGEST` pixels long; of a moving one the first.

    Raises NoPictureError.
    """
    fresh = _opened(data, LONGEST)
    written = io.BytesIO()
    fresh.save(written, "WEBP", quality=80, method=3)
    return written.getvalue()


def ours(data: bytes) -> Drawn:
    """A picture of ours for a platform: what is clear in it becomes white.

    Raises NoPictureError.
    """
    fresh = _on_white(_opened(data, OUR_LONGEST))
    while True:
        for quality in _QUALITIES:
            written = io.BytesIO()
            fresh.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= OUR_MOST:
                return Drawn(written.getvalue(), fresh.width, fresh.height)
        fresh.thumbnail((fresh.width * 3 // 4, fresh.height * 3 // 4))


def _opened(data: bytes, longest: int) -> Image.Image:
    """Its pixels alone, upright. Raises NoPictureError."""
    if len(data) > MOST:
        raise NoPictureError("too large")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            return _anew(opened, longest)
    except NoPictureError:
        raise
    except UnidentifiedImageError:
        raise NoPictureError("no picture of a known kind") from None
    # Pillow's readers raise many kinds of error on files that are broken or made to break them.
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise NoPictureError("broken") from None


def _anew(opened: Image.Image, longest: int) -> Image.Image:
    if opened.width * opened.height > PIXELS:
        raise NoPictureError("too many pixels")
    opened.draft("RGB", (longest, longest))  # a JPEG is unpacked no larger than it is shown
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((longest, longest))
    # Pixels alone go over: what stands beside them in the file does not.
    return Image.frombytes(plain.mode, plain.size, plain.tobytes())


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
