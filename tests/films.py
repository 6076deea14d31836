"""Films made for tests, by an encoder that is not ours."""

import io
from functools import cache
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

RATE, TONE = 25, 44_100
PLACE = "+51.5000-000.1200/"
HIDDEN = {"title": "Alice at home", "location": PLACE, "comment": "call 07700 900123"}


@cache
def film(
    seconds: float = 2,
    size: tuple[int, int] = (160, 96),
    *,
    sounds: int = 1,
    pictures: int = 1,
    video: str = "libx264",
    audio: str = "aac",
    flags: str = "",
) -> bytes:
    """An MP4 of a screen that grows lighter, with a tone, a title and a place."""
    written = io.BytesIO()
    options = {"movflags": f"use_metadata_tags{flags}"}
    with av.open(written, "w", format="mp4", options=options) as made:
        made.metadata.update(HIDDEN)
        seen = [_seen(made, video, size) for _ in range(pictures)]
        heard = [made.add_stream(audio, rate=TONE) for _ in range(sounds)]
        for stream in seen:
            _draw(made, stream, int(seconds * RATE))
        for tone in heard:
            assert isinstance(tone, AudioStream)
            _play(made, tone, int(seconds * TONE))
    return written.getvalue()


def _seen(made: Any, coding: str, size: tuple[int, int]) -> VideoStream:
    stream = made.add_stream(coding, rate=RATE)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    return stream


def _draw(made: Any, stream: VideoStream, count: int) -> None:
    for number in range(count):
        shade = np.full((stream.height, stream.width, 3), number * 5 % 256, dtype=np.uint8)
        shade[:, : (number * 3) % stream.width] = 200
        frame = av.VideoFrame.from_ndarray(shade, format="rgb24")
        frame.pts = number
        made.mux(stream.encode(frame))
    made.mux(stream.encode())


def _play(made: Any, stream: AudioStream, count: int) -> None:
    wave = (np.sin(np.arange(count) / 20) * 0.3).astype(np.float32).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
    frame.sample_rate, frame.pts = TONE, 0
    made.mux(stream.encode(frame))
    made.mux(stream.encode())


def shown(data: bytes) -> tuple[list[tuple[int | None, int, bytes]], list[bytes]]:
    """Each picture with its time and how it is turned, and each piece of sound, as read by
    somebody else's reader."""
    with av.open(io.BytesIO(data), "r") as opened:
        seen = [(f.pts, f.rotation, f.to_ndarray().tobytes()) for f in opened.decode(video=0)]
        sound = bool(opened.streams.audio)
    if not sound:
        return seen, []
    with av.open(io.BytesIO(data), "r") as opened:
        return seen, [frame.to_ndarray().tobytes() for frame in opened.decode(audio=0)]


def told(data: bytes) -> dict[str, str]:
    """What the file says beside its pictures and sounds."""
    with av.open(io.BytesIO(data), "r") as opened:
        found = dict(opened.metadata)
        for stream in opened.streams:
            found |= stream.metadata
        return found


def begins(data: bytes) -> float:
    """The second at which its sound begins."""
    with av.open(io.BytesIO(data), "r") as opened:
        return min(float(p.pts * p.time_base) for p in opened.demux(audio=0) if p.pts is not None)
