"""What somebody filled in, as a post. Pure."""

from datetime import datetime
from typing import Literal

import msgspec

from rejoinder.channels.contract import Contact, Post

Kind = Literal["question", "callback", "privacy"]
HANDLE = 14  # a whole reference, of who told nothing else


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One form. `slot` is when we promise to call, `language` that of the page."""

    reference: str
    kind: Kind
    text: str
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    slot: tuple[datetime, datetime] | None = None
    at: datetime


def post(entry: Entry, author: str, page: str) -> Post:
    """The mention it becomes; `author` stands for the person and tells nothing of them.

    Its first letters are their handle: the same for everything they send with one address.
    """
    slot = {"slot": [each.isoformat() for each in entry.slot]} if entry.slot else {}
    return Post(
        external_id=entry.reference,
        author_id=author,
        handle=author[:HANDLE],
        name=entry.name,
        text=entry.text,
        created_at=entry.at,
        public=False,
        url=page,
        contacts=contacts(entry),
        ref={"kind": entry.kind, "language": entry.language, **slot},
    )


def addition(name: str, to: Post, text: str, at: datetime) -> Post:
    """Something added to what was sent before, under a name of its own."""
    return msgspec.structs.replace(
        to,
        external_id=f"{to.external_id}/{name}",
        text=text,
        created_at=at,
        in_reply_to=to.external_id,
        root=to.external_id,
        contacts=(),
    )


def contacts(entry: Entry) -> tuple[Contact, ...]:
    """How they can be reached beside their page."""
    email = (Contact("email", entry.email),) if entry.email else ()
    phone = (Contact("phone", entry.phone),) if entry.phone else ()
    return email + phone


def normal(email: str) -> str:
    """An address as it is compared: the case of letters tells no two people apart in practice."""
    return email.strip().casefold()
