"""What of the canary's stands in some bytes, in whichever way it is written there. Pure."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from tests.faults.canaries import ADDRESS, EMAIL, NAME, PHONE

# By what it is: the ways in which people and programs write it.
PLAIN = {
    "phone": (PHONE, "07700900867", "07700-900867", "+447700900867", "7700900867"),
    "email": (EMAIL, EMAIL.partition("@")[0]),
    "address": (ADDRESS, "Quokkasandal", "SN8 3QZ"),
    "name": (NAME, "Quillfeather"),
}


def found(raw: bytes) -> set[str]:
    """Of phone, email, address and name those that are there; the case does not matter."""
    small = raw.lower()
    # What is encoded without regard to case (hex, percent) is looked for in small letters alone.
    return {
        what
        for what, needles in NEEDLES.items()
        if any(needle in (raw if exact else small) for needle, exact in needles)
    }


def _ways(text: str) -> Iterator[tuple[bytes, bool]]:
    plain = text.encode()
    yield plain.lower(), False
    yield text.lower().encode("utf-16-le"), False
    yield plain.hex().encode(), False
    yield quote(text, safe="").lower().encode(), False
    yield quote_plus(text).lower().encode(), False
    yield json.dumps(text)[1:-1].lower().encode(), False
    for before in range(3):  # the three ways in which it may lie in what is encoded
        coded = base64.b64encode(b"\0" * before + plain)
        whole = coded[4 if before else 0 : len(coded) // 4 * 4 - 4]
        yield whole, True
        yield whole.translate(bytes.maketrans(b"+/", b"-_")), True


NEEDLES = {what: {way for text in texts for way in _ways(text)} for what, texts in PLAIN.items()}
