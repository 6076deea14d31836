"""Originals of posts that had personal data in them: sealed in batches, opened one by one."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from rejoinder.privacy import vault
from rejoinder.privacy.models import Cell
from rejoinder.privacy.purpose import CARE
from rejoinder.privacy.vault import Person, Place, Value
from rejoinder.team.models import Advisor

FIELD = "original"


class Original(NamedTuple):
    """A post as it was heard, before masking; `author` is who wrote it, as the channel says it."""

    channel: str
    external_id: str
    text: str
    author: str = ""


class Heard(Protocol):
    """What names a post: a mention does."""

    @property
    def channel(self) -> str: ...

    @property
    def external_id(self) -> str: ...


def seal(originals: Sequence[Original], purposes: Collection[str] = CARE) -> None:
    """Keep originals, in the transaction of the caller; of a post sealed before, the newer one.

    ValueError when a purpose is not on the list.
    """
    known = _known([_item(original) for original in originals])
    names = vault.subjects([_author(one) for one in originals if _item(one) not in known])
    values = [
        Value(Place(_subject(one, known, names), FIELD, _item(one)), one.text) for one in originals
    ]
    vault.seal(values, purposes)


def forget(posts: Collection[tuple[str, str]]) -> None:
    """Those of posts that their authors deleted or changed, as (channel, external id)."""
    vault.forget(FIELD, [f"{channel} {post}" for channel, post in posts])


def open_original(mention: Heard, purpose: str, advisor: Advisor, why: str) -> str:
    """What the post said; raises as `vault.open` does, and the ledger has it first, as there."""
    item = _item(mention)
    subject = _known([item]).get(item, "")
    return vault.open(subject, FIELD, purpose, advisor, why, item=item)


def _item(post: Heard) -> str:
    return f"{post.channel} {post.external_id}"


def _author(original: Original) -> Person:
    # An edit does not always say whose it is; alone, such a post is a person of its own.
    return Person(original.channel, original.author or f"of post {original.external_id}")


def _subject(original: Original, known: Mapping[str, str], names: Mapping[Person, str]) -> str:
    return known.get(_item(original)) or names[_author(original)]


def _known(items: Collection[str]) -> dict[str, str]:
    """Whose the originals are that are kept of these posts."""
    rows = Cell.objects.filter(field=FIELD, item__in=list(items))
    return dict(rows.values_list("item", "subject"))
