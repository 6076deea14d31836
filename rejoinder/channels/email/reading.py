"""One message of a mailbox as a post. Pure; nothing in a message is trusted, whatever it says.

Threads after RFC 5322 (3.6.4), automatic answers after RFC 3834 and what mail programs write
beside it, bounces after RFC 3464.
"""

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from hashlib import sha256

import msgspec

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Contact, Media, Post

LARGEST = 10_000_000  # bytes of one message that are fetched
PARTS = 200  # of one message that are looked at, however they are nested
REFERENCES = 20  # that are written on, the first and the newest
LONGEST_ID = 400
_ID = re.compile(r"<([^<>\s]{1,400})>")
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|bounces?)([+@-]|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*@\S*")
_QUIET = re.compile(r"\S*@\S*|\d[\d\s().-]{3,}\d")
_KINDS = {"image": "image", "video": "video", "audio": "audio"}


class Letter(msgspec.Struct, frozen=True):
    """What a message is: a post, and whether a machine wrote it; or the news that one of ours came
    back: its Message-ID and the words of the server.
    """

    post: Post | None = None
    sender: str = ""
    returned: str = ""
    words: str = ""


def letter(raw: bytes, ours: str, *, cut: bool = False) -> Letter:
    """`ours` is our own address; `cut` says that the message goes on. The post's author stays
    empty: who is meant is in `sender`, which stands in no row.
    """
    message = email.message_from_bytes(raw, policy=policy.default)
    name, sender = _sender(message)
    if back := _returned(message):
        return Letter(sender=sender, returned=back[0], words=back[1])
    subject, body = header(message, "Subject"), _text(message)
    if cut:
        body += "\n\n[This e-mail is larger than the desk takes. Read it in the mailbox.]"
    up = _ids(message, "In-Reply-To") or _ids(message, "References")[-1:]
    chain = _ids(message, "References") or up
    own = (_ids(message, "Message-ID") or [_made_up(raw)])[0]
    post = Post(
        external_id=own,
        name=name,
        text=body if up or not subject else f"{subject}\n\n{body}",
        created_at=_date(message),
        in_reply_to=up[0] if up else None,
        root=chain[0] if chain else None,
        public=False,
        ours=sender.casefold() == ours.casefold(),
        automatic=is_automatic(message, sender),
        media=tuple(_attached(message)),
        contacts=(Contact("email", sender),) if sender else (),
        ref={"subject": quiet(subject), "references": [*chain, own][-REFERENCES:]},
    )
    return Letter(post=post, sender=sender)


def is_automatic(message: EmailMessage, sender: str) -> bool:
    """Whether a machine wrote it: nobody waits, and an answer might begin a loop."""
    said = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if said and said != "no":
        return True
    if header(message, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    if header(message, "Return-Path").strip() == "<>" or _MACHINES.match(sender):
        return True
    return any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Id"))


def header(message: EmailMessage, name: str) -> str:
    """One header as a line of text; empty when it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())[:1000]
    except Exception:  # noqa: BLE001  # the parser raises what it likes on hostile headers
        return ""


def quiet(subject: str) -> str:
    """A subject that may stand in a row: without addresses and long numbers."""
    return _QUIET.sub("…", subject)[:200]


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Name and address of who wants the answer."""
    for field in ("Reply-To", "From"):
        name, address = parseaddr(header(message, field))
        if "@" in address and len(address) <= 254 and address.isprintable() and " " not in address:
            return (name if name != address else ""), address
    return "", ""


def _ids(message: EmailMessage, name: str) -> list[str]:
    return _ID.findall(header(message, name))


def _made_up(raw: bytes) -> str:
    """A name for a message that has none; the same however often it is read."""
    return f"{sha256(raw).hexdigest()[:32]}@no-id.invalid"


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = message.get("Date").datetime  # type: ignore[union-attr]  # None raises, and is caught
    except Exception:  # noqa: BLE001  # a date can be wrong in many ways
        return None
    if not isinstance(found, datetime):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(message: EmailMessage) -> str:
    """The plain part, else the words of the HTML one."""
    markup = ""
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and (said := _decoded(part).strip()):
            return said
        markup = markup or (_decoded(part) if kind == "text/html" else "")
    return hypertext.words(markup)


def _decoded(part: EmailMessage) -> str:
    """Its text in whatever charset it claims; bytes that are not of it become U+FFFD."""
    try:
        body = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  # the parser raises what it likes on hostile parts
        return ""
    raw = body if isinstance(body, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves, so many at most; a message within the message is a leaf too."""
    waiting: list[EmailMessage] = [message]
    for _ in range(PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting += [each for each in reversed(inner) if isinstance(each, EmailMessage)]
        else:
            yield part


def _attached(message: EmailMessage) -> Iterator[Media]:
    """What came with it, named and not kept: it stays in the mailbox."""
    for part in _parts(message):
        if part.get_content_disposition() in {"attachment", "inline"} and part is not message:
            kind = _KINDS.get(part.get_content_maintype(), "file")
            if kind != "file" or part.get_content_disposition() == "attachment":
                named = _file_name(part)
                yield Media(kind, "", named)  # type: ignore[arg-type]  # one of the four kinds


def _file_name(part: EmailMessage) -> str:
    try:
        return quiet(" ".join((part.get_filename() or "").split()))
    except Exception:  # noqa: BLE001  # the parser raises what it likes on hostile headers
        return ""


def _told(why: re.Match[str] | None) -> str:
    """The words of their server, without the address."""
    words = why[1].strip() if why else "It was not delivered."
    return f"It came back: {_ADDRESS.sub('…', words)[:300]}"


def _returned(message: EmailMessage) -> tuple[str, str] | None:
    """Of a bounce that failed for good: which message of ours, and why."""
    kind = message.get_content_type()
    if kind != "multipart/report" or message.get_param("report-type") != "delivery-status":
        return None
    fields, original = "", ""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            fields = str(part)
        elif part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            original = str(part)
    failed = re.search(r"^Action:\s*failed", fields, re.IGNORECASE | re.MULTILINE)
    which = re.search(r"^Message-ID:\s*<([^<>\s]+)>", original, re.IGNORECASE | re.MULTILINE)
    if not failed or not which:
        return None
    found = (
        re.search(rf"^{name}:\s*(.+)$", fields, re.IGNORECASE | re.MULTILINE)
        for name in ("Diagnostic-Code", "Status")
    )
    return which[1][:LONGEST_ID], _told(next(filter(None, found), None))
