"""Posts as cues and words are looked for in them: small letters, no accents, no apostrophes."""

import re
from collections.abc import Sequence

CAP = 8_000  # code points of a post that are read; of a longer one also its last words
LAST = 2_000

_SPELT = {
    **dict.fromkeys("’‘ʼ´\u200b\u200d\ufe0f", ""),
    **dict.fromkeys("£€", "$"),
    **dict.fromkeys("…—“”", " "),
    **dict(zip("àáâèéêëìíîòóôùúûñç", "aaaeeeeiiiooouuunc", strict=True)),
    **dict(zip("ÀÁÂÈÉÊËÌÍÎÒÓÔÙÚÛÑÇ", "aaaeeeeiiiooouuunc", strict=True)),
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "Ä": "ae",
    "Ö": "oe",
    "Ü": "ue",
}
_BYTES = {mark.encode(): spelt.encode() for mark, spelt in _SPELT.items()}
_MARK = re.compile(rb"[\xc2\xc3\xca].|\xe2\x80.|\xef\xb8.", re.DOTALL)  # as all of them begin


def folded(texts: Sequence[str]) -> list[bytes]:
    """Each text in UTF-8 as cues are spelt, a space at either end; the batch in one go."""
    if not texts:
        return []
    if max(map(len, texts)) > CAP + LAST:
        texts = [_capped(text) for text in texts]
    joined = " \0 ".join(texts)
    if joined.count("\0") >= len(texts):  # a text has a NUL of its own
        joined = " \0 ".join([text.replace("\0", " ") for text in texts])
    spelt = (
        f" {joined} ".encode("utf-8", "replace")
        .lower()
        .replace(b"'", b"")
        .replace(b"&amp;", b" and ")
    )
    if not joined.isascii():
        spelt = _MARK.sub(_spelt, spelt)  # ten times as fast as str.translate
    return spelt.split(b"\0")


def _spelt(found: re.Match[bytes]) -> bytes:
    return _BYTES.get(found[0], found[0])


def _capped(text: str) -> str:
    return text if len(text) <= CAP + LAST else f"{text[:CAP]} {text[-LAST:]}"
