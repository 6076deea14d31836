"""What leaves for a platform, and what became of it. Pure."""

from datetime import datetime
from typing import Any

import msgspec

from rejoinder.channels.contract.limits import Observed


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of ours: a JPEG of pixels alone, within what every platform takes.

    `alt` says in words what it shows, for whoever cannot see it; it is never empty.
    """

    data: bytes
    alt: str
    width: int
    height: int
    media_type: str = "image/jpeg"


class Film(msgspec.Struct, frozen=True, kw_only=True):
    """A film of ours: H.264 and AAC in MP4 without anything else, as its channel allows (`film`).

    `width` and `height` are as it is shown; `alt` is as of a picture.
    """

    data: bytes
    alt: str
    width: int
    height: int
    seconds: int
    media_type: str = "video/mp4"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as the channel sees it: the words, and the post they answer.

    `private` is for its reader's eyes alone: what was private is answered so where the channel
    `Can(private=True)`, and what was public may be.
    `contact` is where its person can be reached, where the channel asks for it (`Channel.contact`)
    and they told; it is opened for each try and kept nowhere. What is `automatic` no person wrote:
    a channel that has a mark for that sets it. `pictures` are no more than the channel `Can`; with
    a `film` there are none.
    """

    text: str
    to: str
    root: str
    to_handle: str = ""
    ref: dict[str, Any] = {}
    root_ref: dict[str, Any] = {}
    contact: str = ""
    language: str = ""
    private: bool = False
    automatic: bool = False
    pictures: tuple[Picture, ...] = ()
    film: Film | None = None
    created_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A reply of ours that stands on its platform, to be changed or taken back.

    `external_id` and `ref` are those of its receipt. `reply` is what was sent, with the words that
    are to stand there from now on.
    """

    external_id: str
    ref: dict[str, Any] = {}
    reply: Outgoing


class Hiding(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's post on a page of ours: to be `hidden` from others there, or shown again.

    `external_id` and `ref` are those it was heard with.
    """

    external_id: str
    ref: dict[str, Any] = {}
    hidden: bool


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A public answer as the channel sees it, to be published or, once it is, brought up to date.

    `text` is the short form for networks of short posts, counted with `reply=False`; `html` the
    whole answer, of headings, paragraphs, lists and links, already safe. `url` is the desk's own
    page of it. `external_id` and `ref` are those of the receipt when it was published before:
    what stands there is to say this from now on. `pin` keeps it at the top.
    """

    title: str
    text: str
    html: str = ""
    summary: str = ""
    url: str = ""
    language: str = ""
    pin: bool = False
    external_id: str = ""
    ref: dict[str, Any] = {}
    created_at: datetime


class Receipt(msgspec.Struct, frozen=True):
    """The platform has it. Each end of a send may say what was `observed` of the limits.

    `words` say what of a publication did not come with it, such as its pin.
    """

    external_id: str
    url: str = ""
    ref: dict[str, Any] = {}
    words: str = ""
    observed: tuple[Observed, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """The platform said no, for good; `words` are its own."""

    words: str
    observed: tuple[Observed, ...] = ()


class TryLater(msgspec.Struct, frozen=True):
    """Not now, and nothing was posted. `after` is seconds; `limited` means that a limit said so."""

    after: float
    words: str
    limited: bool = False
    observed: tuple[Observed, ...] = ()


class Uncertain(msgspec.Struct, frozen=True):
    """No answer came: it may be out. Read our own timeline before trying again."""

    words: str
    observed: tuple[Observed, ...] = ()


Sent = Receipt | Refused | TryLater | Uncertain
