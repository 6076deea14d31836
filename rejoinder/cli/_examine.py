"""What the doctor looks at, one function for each thing; nothing here changes the desk."""

import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.db import DatabaseError

from rejoinder.answers import record
from rejoinder.channels import registry
from rejoinder.channels.contract import Http, TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.cli import _ground
from rejoinder.plumbing import clock, scanner, upgrade
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.config import config, key, master_keys
from rejoinder.plumbing.http import network
from rejoinder.privacy.vault import rotation
from rejoinder.team import sign_in

WRONG_CLOCK = timedelta(seconds=30)  # allowances are guarded against a few seconds, no more
SOON = timedelta(days=7)
WEAK = 32  # characters of a secret key; what the desk makes itself has 64


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` says what to do when it is not ok."""

    what: str
    ok: bool
    words: str
    remedy: str = ""
    serious: bool = False


def everything() -> list[Finding]:
    """All findings, the ground first: what stands on it is not asked when it is missing."""
    ground = [*_folder(), *_keys(), *_database()]
    if any(finding.serious and not finding.ok for finding in ground):
        return ground
    return [*ground, *_owner(), *_master_keys(), *_public_log(), *_scanner(), *channels()]


def _scanner() -> Iterator[Finding]:
    """Whether files are scanned; one that cannot be reached stops every picture."""
    if not scanner.is_set_up():
        return
    try:
        yield Finding("virus scanner", ok=True, words=scanner.version())
    except scanner.NotScannedError as error:
        yield Finding(
            "virus scanner",
            ok=False,
            words=f"does not answer: {error}",
            remedy="Start it, or correct REJOINDER_SCANNER: no picture is taken or shown now.",
            serious=True,
        )


def channels(name: str | None = None) -> list[Finding]:
    """The accounts on one channel, or on all."""
    accounts = Account.objects.filter(disconnected_at=None)
    chosen = list(accounts.filter(channel=name) if name else accounts)
    if not chosen:
        where = f"on {name}" if name else "anywhere"
        remedy = "Connect one on the page Channels."
        return [Finding("accounts", ok=False, words=f"none is connected {where}", remedy=remedy)]
    return [finding for account in chosen for finding in _account(account)]


def _folder() -> Iterator[Finding]:
    for check, what in (
        (_ground._folder_can_be_written, "data folder"),
        (_ground._room_is_left, "room on the disk"),
    ):
        yield _held(what, check)


def _held(what: str, check: Callable[[], None]) -> Finding:
    try:
        check()
    except _ground.BadGroundError as error:
        return Finding(what, ok=False, words="not good", remedy=str(error), serious=True)
    return Finding(what, ok=True, words=str(config().data))


def _keys() -> Iterator[Finding]:
    secret = key("secret_key")
    weak = len(secret) < WEAK or len(set(secret)) < 8
    yield Finding(
        "secret key",
        ok=not weak,
        words="weak: sessions could be forged" if weak else "strong",
        remedy="Unset REJOINDER_SECRET_KEY so that the desk makes one; everybody signs in again.",
        serious=True,
    )
    folder = config().key_folder
    if folder.exists():
        open_to_others = bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)
        yield Finding(
            "key folder",
            ok=not open_to_others,
            words=f"others can read {folder}" if open_to_others else f"{folder}, ours alone",
            remedy=f"chmod -R go= {folder}",
            serious=True,
        )


def _database() -> Iterator[Finding]:
    kind = "PostgreSQL" if config().is_postgres else "SQLite"
    try:
        missing = upgrade.pending()
    except DatabaseError as error:
        yield Finding(
            f"database ({kind})",
            ok=False,
            words=f"does not answer: {str(error).strip().splitlines()[0]}",
            remedy="Start it, or correct REJOINDER_DATABASE_URL.",
            serious=True,
        )
        return
    yield Finding(f"database ({kind})", ok=True, words="answers")
    yield Finding(
        "tables",
        ok=not missing,
        words=f"{len(missing)} migrations are missing" if missing else "up to date",
        remedy="Run 'rejoinder migrate'; if it fails, nothing has changed.",
        serious=True,
    )


def _owner() -> Iterator[Finding]:
    yield Finding(
        "owner",
        ok=sign_in.has_owner(),
        words="there is one" if sign_in.has_owner() else "nobody owns this desk yet",
        remedy="Run 'rejoinder sign-in-link' and open the address it prints.",
    )


def _master_keys() -> Iterator[Finding]:
    old = rotation.left()
    if not old and len(master_keys()) == 1:
        return
    yield Finding(
        "master key",
        ok=not old,
        words=f"an older one still seals {old} keys of people" if old else "the old one may go",
        remedy="Leave it where it is; 'rejoinder work' seals them anew.",
    )


def _public_log() -> Iterator[Finding]:
    wrong = record.differing()
    yield Finding(
        "public log",
        ok=not wrong,
        words=f"entry {wrong[0]} is not what its row says" if wrong else "says what the rows say",
        remedy="Somebody changed what was published. Restore it from a backup; the log is right.",
        serious=True,
    )


def _account(account: Account) -> Iterator[Finding]:
    what = f"{account.channel} {account.handle}"
    watched = _Watched(network())
    try:
        opened = open_account(account, watched)
    except (TroubleError, registry.UnknownChannelError) as error:
        yield Finding(what, ok=False, words="cannot be opened", remedy=str(error), serious=True)
        return
    for found in opened.check():
        yield Finding(found.what, found.ok, found.words, found.remedy, found.serious)
    yield from _clock(what, watched.dates)
    yield from _expiry(what, opened.credentials_end())
    if account.trouble:
        remedy = "It is tried again by itself; if this stays, connect the account again."
        yield Finding(what, ok=False, words=f"last trouble: {account.trouble}", remedy=remedy)


def _clock(what: str, dates: Iterable[tuple[datetime, datetime]]) -> Iterator[Finding]:
    for theirs, ours in dates:
        off = ours - theirs
        wrong = abs(off) > WRONG_CLOCK
        yield Finding(
            f"clock against {what}",
            ok=not wrong,
            words=f"{off.total_seconds():+.0f} s",
            remedy="Set the clock of this machine (chrony or systemd-timesyncd): limits are "
            "counted by time, and a wrong clock spends too much or too little.",
            serious=True,
        )
        return


def _expiry(what: str, ends: datetime | None) -> Iterator[Finding]:
    if ends is None:
        return
    left = ends - clock.now()
    words = f"ended {ends:%d %B %H:%M} UTC" if left <= timedelta(0) else f"until {ends:%d %B %Y}"
    yield Finding(
        f"token of {what}",
        ok=left > SOON,
        words=words,
        remedy="Connect the account again on the page Channels.",
        serious=left <= timedelta(0),
    )


class _Watched:
    """The guarded network, noting what time the platform thinks it is."""

    def __init__(self, inner: Http) -> None:
        self._inner = inner
        self.dates: list[tuple[datetime, datetime]] = []

    def call(self, method: str, url: str, **words: Any) -> Answer:
        answer = self._inner.call(method, url, **words)
        if date := answer.header.get("date"):
            self.dates.append((parsedate_to_datetime(date), clock.now()))
        return answer
