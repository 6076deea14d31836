"""Frames of the intake log: what one account heard at one moment, as bytes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec

from rejoinder.channels.contract import Post

POSTS_A_FRAME = 500


class Frame(msgspec.Struct, frozen=True):
    """Posts that one account heard together. `account` is a row id, or None."""

    channel: str
    account: int | None
    heard_at: datetime
    posts: list[Post]


class _Loose(msgspec.Struct, frozen=True):
    """A frame whose posts are looked at one by one."""

    channel: str
    account: int | None
    heard_at: datetime
    posts: list[msgspec.Raw]


class BrokenFrameError(ValueError):
    """These bytes are no frame."""


class BadPost(msgspec.Struct, frozen=True):
    """One post of a frame that cannot be read, with the reason and the start of it."""

    reason: str
    start: str


_ENCODER = msgspec.msgpack.Encoder()
_FRAME = msgspec.msgpack.Decoder(Frame)
_LOOSE = msgspec.msgpack.Decoder(_Loose)
_POST = msgspec.msgpack.Decoder(Post)


def pack(
    channel: str, account: int | None, heard_at: datetime, posts: Sequence[Post]
) -> list[bytes]:
    """The frames for these posts, 500 in each; none for no posts."""
    rest = iter(posts)
    return [
        _encoded(Frame(channel, account, heard_at, batch))
        for batch in iter(lambda: list(islice(rest, POSTS_A_FRAME)), [])
    ]


def unpack(frame: bytes) -> tuple[Frame, list[BadPost]]:
    """A frame again, and those of its posts that are broken. Raises BrokenFrameError."""
    try:
        return _FRAME.decode(frame), []
    except (msgspec.DecodeError, ValueError, OverflowError):
        return _unpack_one_by_one(frame)


def _encoded(frame: Frame) -> bytes:
    try:
        return _ENCODER.encode(frame)
    except UnicodeEncodeError:
        return _ENCODER.encode(_without_surrogates(msgspec.to_builtins(frame)))


def _without_surrogates(value: Any) -> Any:
    """The same value, with half characters (which UTF-8 cannot hold) shown as U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value


def _unpack_one_by_one(frame: bytes) -> tuple[Frame, list[BadPost]]:
    try:
        loose = _LOOSE.decode(frame)
    except (msgspec.DecodeError, ValueError, OverflowError) as error:
        raise BrokenFrameError(str(error)) from None
    bad: list[BadPost] = []
    posts = list(_readable(loose.posts, bad))
    return Frame(loose.channel, loose.account, loose.heard_at, posts), bad


def _readable(raws: list[msgspec.Raw], bad: list[BadPost]) -> Iterator[Post]:
    for raw in raws:
        try:
            yield _POST.decode(raw)
        except (msgspec.DecodeError, ValueError, OverflowError) as error:
            bad.append(BadPost(str(error), bytes(raw)[:200].decode("utf-8", "replace")))
