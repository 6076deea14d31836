"""Sealed in batches, opened one by one: for a purpose, with a reason, and never unlogged."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from rejoinder.plumbing import clock, secrets
from rejoinder.privacy.find import Finder
from rejoinder.privacy.models import SealedOriginal
from rejoinder.privacy.purpose import PURPOSES, refusal
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

_ROWS = 500  # in one statement
_SHORT, _LONG = 40, 500  # characters of what was given that the audit line keeps
_finder = Finder()
_OPENED, _REFUSED = gettext_noop("opened an original"), gettext_noop("was refused an original")


class Original(NamedTuple):
    """A post as it was heard, before masking."""

    channel: str
    external_id: str
    text: str


class Heard(Protocol):
    """What names a post: a mention does."""

    @property
    def channel(self) -> str: ...

    @property
    def external_id(self) -> str: ...


class NotOpenedError(Exception):
    """The original stays sealed; the message says why. The attempt is on the audit lines."""


class NoOriginalError(LookupError):
    """Nothing was sealed for this post."""


def seal(originals: Sequence[Original], purposes: Collection[str] = tuple(PURPOSES)) -> None:
    """Keep originals, in the transaction of the caller; of a post sealed before, the newer one.

    ValueError when a purpose is not on the list.
    """
    if unknown := set(purposes) - set(PURPOSES):
        raise ValueError(f"no purpose: {', '.join(sorted(unknown))}")
    allowed = ",".join(name for name in PURPOSES if name in purposes)
    newest = {(one.channel, one.external_id): one for one in originals}
    sealed = secrets.seal_texts([(one.text, _label(*key, allowed)) for key, one in newest.items()])
    now = clock.now()
    SealedOriginal.objects.bulk_create(
        [
            SealedOriginal(
                channel=channel, external_id=post, sealed=bytes_, sealed_at=now, purposes=allowed
            )
            for (channel, post), bytes_ in zip(newest, sealed, strict=True)
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["channel", "external_id"],
        update_fields=["sealed", "sealed_at", "purposes"],
    )


def forget(posts: Collection[tuple[str, str]]) -> None:
    """Those of posts that their authors deleted or changed, as (channel, external id)."""
    channels: dict[str, list[str]] = {}
    for channel, post in posts:
        channels.setdefault(channel, []).append(post)
    for channel, ids in channels.items():
        SealedOriginal.objects.filter(channel=channel, external_id__in=ids).delete()


def open_original(mention: Heard, purpose: str, advisor: Advisor, why: str) -> str:
    """What the post said. The audit line is on the disk before this returns.

    Raises NotAllowedError without the right, NotOpenedError when the purpose or the reason does
    not do, NoOriginalError when there is none; each attempt is logged all the same.
    RuntimeError within a transaction: what rolls back would take the line with it.
    """
    found = SealedOriginal.objects.filter(channel=mention.channel, external_id=mention.external_id)
    original = found.first()
    against = _against(advisor, purpose, original, why)
    _log(mention, purpose, advisor, why, against)
    access.require(advisor, access.OPEN)
    if original is None:
        raise NoOriginalError("Nothing was sealed for this post.")
    if against:
        raise NotOpenedError(against)
    label = _label(original.channel, original.external_id, original.purposes)
    return secrets.unseal_text(bytes(original.sealed), label)


def _against(advisor: Advisor, purpose: str, original: SealedOriginal | None, why: str) -> str:
    if not access.may(advisor, access.OPEN):
        return "no right"
    if original is None:
        return "nothing sealed"
    return refusal(purpose, original.purposes, why)


def _log(mention: Heard, purpose: str, advisor: Advisor, why: str, against: str) -> None:
    """One durable line, whether it is opened or refused."""
    with _on_the_disk(), transaction.atomic(durable=True):
        audit.line(
            advisor,
            _REFUSED if against else _OPENED,
            f"{mention.channel} {mention.external_id}",
            purpose=purpose[:_SHORT],
            why=_finder.masked([why])[0][0][:_LONG],
            **({"refused": against} if against else {}),
        )


@contextmanager
def _on_the_disk() -> Iterator[None]:
    """On SQLite a commit waits for the disk only if told to, and not in mid-transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("An original is not opened within a transaction.")
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")


def _label(channel: str, external_id: str, purposes: str) -> str:
    """What the seal is bound to: this post, and what it may be opened for."""
    return f"original\x1f{channel}\x1f{external_id}\x1f{purposes}"
