"""A film made harmless: an MP4 read box by box, and written anew with nothing but what is seen
and heard.

What is written anew has no metadata (place, device, owner, times), no track that is neither seen
nor heard, nothing between or behind its samples, and none of the messages that encoders and
cameras put between frames. Frames are copied as they are: nothing is decoded here.
"""

from typing import NamedTuple

from rejoinder.plumbing.film import coding
from rejoinder.plumbing.film.boxes import NoFilmError, only
from rejoinder.plumbing.film.read import Track, opened
from rejoinder.plumbing.film.write import written

MOST = 50_000_000  # bytes that are read
LONGEST = 600  # seconds
SIDES = range(32, 4097)  # pixels of either side
MEDIA_TYPE = "video/mp4"

__all__ = ["LONGEST", "MEDIA_TYPE", "MOST", "Filmed", "NoFilmError", "ours"]


class Filmed(NamedTuple):
    """A film as it leaves: H.264 and AAC in MP4, its size in pixels as it is shown."""

    data: bytes
    width: int
    height: int
    seconds: float


def ours(data: bytes) -> Filmed:
    """A film of ours for a platform, its beginning in front so that it plays while it loads.

    Raises NoFilmError.
    """
    if len(data) > MOST:
        raise NoFilmError("too large")
    picture, sound = opened(memoryview(data))
    tracks = [each for each in (picture, sound) if each]
    seconds = max(each.seconds for each in tracks)
    if seconds > LONGEST:
        raise NoFilmError("too long")
    width, height = _shown(picture)
    if width not in SIDES or height not in SIDES:
        raise NoFilmError("size")
    picture = picture._replace(samples=coding.bare(picture.samples, picture.prefix))
    return Filmed(written([picture, *([sound] if sound else [])]), width, height, seconds)


def _shown(picture: Track) -> tuple[int, int]:
    """Width and height as players show them: with its shape of a pixel, and turned."""
    width = only(picture.width * picture.pixel[0] // picture.pixel[1])
    return (picture.height, width) if picture.turn[0] == 0 else (width, picture.height)
