"""Reads JSON that a platform should not have sent, so that one bad post does not hide the rest.

Pure. Broken UTF-8 and lone surrogates become replacement characters; everything else is strict.
"""

import json
from typing import TypeVar

import msgspec

from rejoinder.channels.contract import TroubleError
from rejoinder.plumbing.answer import Answer

Shape = TypeVar("Shape")


class UnreadableError(ValueError):
    """The body is no JSON, or not of the shape that was asked for."""


def decode(body: bytes, shape: type[Shape]) -> Shape:
    """The body as a shape. Raises UnreadableError."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise UnreadableError(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _mended(body, shape)


def understood(answer: Answer, shape: type[Shape], who: str) -> Shape:
    """The body as a shape; `who` answered. Raises TroubleError, with the words for an advisor."""
    try:
        return decode(answer.body, shape)
    except UnreadableError:
        raise TroubleError(f"{who} answered something that cannot be read.", after=30) from None


def _mended(body: bytes, shape: type[Shape]) -> Shape:
    try:
        found = json.loads(body.decode("utf-8", "replace"))
        text = json.dumps(found, ensure_ascii=False)
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=shape)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(error)) from None
