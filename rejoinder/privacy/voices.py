"""What people said on the telephone: sealed as it was recorded, opened to whoever listens."""

from base64 import b64decode, b64encode
from collections.abc import Collection

from rejoinder.privacy import vault
from rejoinder.privacy.contacts import PURPOSES
from rejoinder.privacy.models import Cell
from rejoinder.privacy.originals import Heard
from rejoinder.privacy.retention import holds
from rejoinder.privacy.vault import Person, Place, Value
from rejoinder.team.models import Advisor

FIELD = "voice"


def seal(post: Heard, author: str, sound: bytes) -> None:
    """Keep a recording, in the transaction of the caller; `author` as the channel names them."""
    person = Person(post.channel, author)
    subject = vault.subjects([person])[person]
    # The vault seals text; a third more is nothing beside a key for each person.
    text = b64encode(sound).decode("ascii")
    vault.seal([Value(Place(subject, FIELD, item(post)), text)], PURPOSES)


def kept(items: Collection[str]) -> set[str]:
    """Those of these recordings that are kept here, by `item`."""
    rows = Cell.objects.filter(field=FIELD, item__in=list(items))
    return set(rows.values_list("item", flat=True))


def all_kept() -> list[str]:
    """Every recording that is kept and that no legal hold keeps, by `item`."""
    held = holds.subjects()
    if held is None:
        return []
    rows = Cell.objects.filter(field=FIELD).exclude(subject__in=held)
    return list(rows.values_list("item", flat=True))


def destroy(items: Collection[str]) -> None:
    """Recordings that had their time."""
    vault.forget(FIELD, items)


def open_voice(post: Heard, purpose: str, advisor: Advisor, why: str) -> bytes:
    """The recording; raises as `vault.open` does, and the ledger has it first, as there."""
    rows = Cell.objects.filter(field=FIELD, item=item(post))
    subject = rows.values_list("subject", flat=True).first() or ""
    return b64decode(vault.open(subject, FIELD, purpose, advisor, why, item=item(post)))


def item(post: Heard) -> str:
    """What a recording is called in the vault: the post that it belongs to."""
    return f"{post.channel} {post.external_id}"
