"""What is heard on a platform: posts, with whoever wrote them and what came with them. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from rejoinder.channels.contract.limits import Observed
from rejoinder.plumbing.answer import Answer

Kind = Literal["post", "edit", "delete"]


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture or film that came with a post: where it is, what it shows in words."""

    kind: Literal["image", "video", "audio", "file"]
    url: str
    alt: str = ""


class Contact(msgspec.Struct, frozen=True):
    """Where a person can be reached, as they told it; the desk seals it before it keeps a row."""

    kind: Literal["email", "phone", "address"]
    value: str


class Post(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing heard: a post, or the news that one was edited or deleted.

    `external_id` is the platform's own id, unique in its channel. `in_reply_to` and `root` are
    such ids too; `root` is None when the platform does not tell it. `ref` is what the channel
    itself needs to answer this post (for Bluesky the cid); nobody else reads it. `contacts` belong
    to the author and stand nowhere else in the post, where they would be kept in the open. What is
    `automatic` a machine wrote, such as an out-of-office notice: kept, and nobody waits for it.
    `followers` is how many follow the author, where the platform says so beside the post.
    What is not `shown` others do not see there: a moderator or the platform holds it back; None is
    not told, and changes nothing. An edit says it anew, with the same words where those stand.
    For a deletion only `external_id` and `kind` count.
    """

    external_id: str
    kind: Kind = "post"
    author_id: str = ""
    handle: str = ""
    name: str = ""
    text: str = ""
    created_at: datetime | None = None
    in_reply_to: str | None = None
    root: str | None = None
    tagged: bool = True
    public: bool = True
    ours: bool = False
    url: str = ""
    language: str = ""
    media: tuple[Media, ...] = ()
    contacts: tuple[Contact, ...] = ()
    automatic: bool = False
    shown: bool | None = None
    followers: int | None = None
    ref: dict[str, Any] = {}


class Kept(msgspec.Struct, frozen=True):
    """A post of this channel that the desk keeps: its name, and what the channel knows of it."""

    external_id: str
    ref: dict[str, Any] = {}


class KeptPage(msgspec.Struct, frozen=True):
    """A piece of what is kept, and the number it goes up to: the one asked with, at the end."""

    kept: tuple[Kept, ...]
    through: int


Library = Callable[[int], KeptPage]


def nothing_kept(after: int) -> KeptPage:
    """Of a channel that stands alone, without a desk."""
    return KeptPage((), after)


class Returned(msgspec.Struct, frozen=True):
    """The news that a reply of ours, named by the id of its receipt, did not reach its person."""

    external_id: str
    words: str


class Heard(msgspec.Struct, frozen=True):
    """What one listening brought, and where to go on; `more` says that asking at once pays.

    `observed` is what was told of our limits beside it, of those on replying alone; `returned` are
    replies of ours that had left and came back.
    """

    posts: Sequence[Post]
    cursor: dict[str, Any]
    more: bool = False
    observed: tuple[Observed, ...] = ()
    returned: tuple[Returned, ...] = ()


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook brought, and what its platform is answered.

    `delivery` is the same for each copy of one delivery: the desk takes the first and refuses the
    others, unless it is empty, as for a challenge that may be asked again and again.
    """

    response: Answer
    posts: Sequence[Post] = ()
    delivery: str = ""
