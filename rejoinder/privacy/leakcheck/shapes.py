"""What is checked and what is said of it, with the closed lists of its words."""

from collections.abc import Sequence

from msgspec import Struct, field

PLAIN = "plain"
SPACED = "spaced"
PERCENT = "percent"
TWICE = "double-percent"
BASE64 = "base64"
BASE64URL = "base64url"
HEX = "hex"
TBCD = "tbcd"
OPAQUE = "opaque"

MSISDN = "msisdn"
IMSI = "imsi"
IMEI = "imei"
ICCID = "iccid"
TRACKING = "tracking"
CONTEXT = "context"

# Where in a request, and what `name` is there.
PLACES = {
    "header": "a header, or its name; X-Forwarded-For, Forwarded, Via and Authorization too",
    "cookie": "a cookie, by its name",
    "path": "the path of the request line; the name is that of the segment before",
    "query": "the query of the request line, by its parameter",
    "host": "the host that is asked, or the user before it",
    "referer": "Referer or Origin, by the parameter if there is one",
    "user-agent": "User-Agent",
    "body": "the body: a form, JSON or any text, by the field if there is one",
}
# The first of these that fits is said.
CLASSES = {
    MSISDN: "a phone number, whole or hashed, or a header that carries one",
    IMSI: "the identity of a subscription (ITU-T E.212)",
    IMEI: "the identity of a device (3GPP TS 23.003)",
    ICCID: "the number of a SIM card (ITU-T E.118)",
    TRACKING: "a lasting pseudonym that a network gives a subscriber: X-UIDH, X-ACR and their like",
    CONTEXT: "what only the network knows of a subscriber: bearer, roaming, access point, location",
}
ENCODINGS = {
    PLAIN: "digits in one piece: 44…, +44…, 0044…, 0…",
    SPACED: "digits in groups",
    PERCENT: "percent-encoded (RFC 3986)",
    TWICE: "percent-encoded more than once",
    BASE64: "base64 (RFC 4648, section 4)",
    BASE64URL: "base64 for addresses (section 5), or without padding",
    HEX: "the characters as hexadecimal: 34 34 37 …",
    TBCD: "two digits in each byte, swapped (telephony BCD, 3GPP TS 29.002)",
    "md5": "the MD5 of a number that is known",
    "sha1": "its SHA-1",
    "sha256": "its SHA-256",
    OPAQUE: "found by the name alone; what the value says cannot be read",
}


class Request(Struct, frozen=True):
    """One request as it was seen. `target` is what its first line asks for, or the whole URL."""

    host: str
    target: str
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""


class Finding(Struct, frozen=True, omit_defaults=True):
    """Where an identifier stands; never the identifier itself.

    `contains` is the partner whose name stands within the host or address without being it: a rule
    of the gateway that matches too much.
    """

    host: str
    where: str
    name: str
    kind: str = field(name="class")
    encoding: str
    contains: str = ""
