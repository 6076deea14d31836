"""A picture that somebody sent, made harmless: read whole, and written anew without what it hides.

What is written anew has no metadata (place, device, owner), no second file behind the first, and
nothing that only some reader of the format would take for code.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MOST = 10_000_000  # bytes that are read
PIXELS = 40_000_000  # of the picture as it came: 160 MB as it is drawn
LONGEST = 1600  # pixels of the side that is left
MEDIA_TYPE = "image/webp"
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Pillow warns at a size of its own; here ours counts, and before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


class NoPictureError(Exception):
    """It is no picture that can be shown. The message says why, in English."""


def harmless(data: bytes) -> bytes:
    """The picture as WebP, upright, at most `LONGEST` pixels long; of a moving one the first.

    Raises NoPictureError.
    """
    if len(data) > MOST:
        raise NoPictureError("too large")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            return _anew(opened)
    except NoPictureError:
        raise
    except UnidentifiedImageError:
        raise NoPictureError("no picture of a known kind") from None
    # Pillow's readers raise many kinds of error on files that are broken or made to break them.
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise NoPictureError("broken") from None


def _anew(opened: Image.Image) -> bytes:
    if opened.width * opened.height > PIXELS:
        raise NoPictureError("too many pixels")
    opened.draft("RGB", (LONGEST, LONGEST))  # a JPEG is unpacked no larger than it is shown
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((LONGEST, LONGEST))
    # Pixels alone go over: what stands beside them in the file does not.
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    written = io.BytesIO()
    fresh.save(written, "WEBP", quality=80, method=3)
    return written.getvalue()
