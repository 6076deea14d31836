"""What a post means as a vector: posts that say nearly the same lie close together."""

import html
import re
import threading
from collections.abc import Sequence
from functools import cache

import numpy as np

from rejoinder.listening.embedding.encoder import DIMENSIONS, Encoder, Floats

Vectors = Floats  # (n, 512), rows of unit length

LONGEST = 400  # characters that are read: what a post wants stands in its first sentences
BATCH = 512  # posts: enough for pieces to repeat, few enough to stay under 60 MB
NOTHING = "."  # stands for a post without a word

_lock = threading.Lock()
_link = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_to = re.compile(r"\s*(?:RT\s+)?(?:@\w+:?\s*)+")
_handle = re.compile(r"@\w+")
_lone = re.compile(r"[\ud800-\udfff]")


def embed(texts: Sequence[str]) -> Vectors:
    """Vectors of unit length, float32 (n, 512), one row for each text.

    Addresses carry no meaning: handles in front and links are left out, others read "someone".
    The first call in a process loads the model (a second, 150 MB); nothing needs the network.
    """
    out = np.empty((len(texts), DIMENSIONS), np.float32)
    for i in range(0, len(texts), BATCH):
        out[i : i + BATCH] = _loaded().encode([spoken(text) for text in texts[i : i + BATCH]])
    return out


def spoken(text: str) -> str:
    """What a post says, without addresses and marks, cut to a length that is read."""
    said = html.unescape(text[: 4 * LONGEST]).replace("’", "'").replace("#", " ")
    said = _lone.sub(" ", _link.sub(" ", said))
    said = _handle.sub(" someone ", said[_leading(said) :])
    return " ".join(said.split())[:LONGEST].strip() or NOTHING


def _leading(said: str) -> int:
    found = _to.match(said)
    return found.end() if found else 0


def _loaded() -> Encoder:
    with _lock:
        return _encoder()


@cache
def _encoder() -> Encoder:
    return Encoder()
