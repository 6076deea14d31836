"""What an advisor wrote down for somebody, as a post. Pure."""

from datetime import datetime
from typing import Literal

import msgspec

from rejoinder.channels.contract import Contact, Post

Kind = Literal["call", "letter", "visit"]


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call, a letter or a visit. `contact` is a number, or where a letter is answered to."""

    reference: str
    kind: Kind
    text: str
    name: str = ""
    contact: str = ""
    slot: tuple[datetime, datetime] | None = None
    at: datetime


def post(call: Call, author: str, page: str) -> Post:
    """The mention it becomes; `author` stands for the person and tells nothing of them."""
    slot = {"slot": [each.isoformat() for each in call.slot]} if call.slot else {}
    kind: Literal["phone", "address"] = "address" if call.kind == "letter" else "phone"
    return Post(
        external_id=call.reference,
        author_id=author,
        handle=author[:14],
        name=call.name,
        text=call.text,
        created_at=call.at,
        public=False,
        url=page,
        contacts=(Contact(kind, call.contact),) if call.contact else (),
        ref={"kind": call.kind, **slot},
    )


def normal(number: str) -> str:
    """A number as it is compared: its digits, the last ten: with or without the country's."""
    return "".join(letter for letter in number if letter.isdigit())[-10:]
