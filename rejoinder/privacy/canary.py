"""The canary: asks for our own echo page through a carrier's gateway, and calls people when the
page was told who asked.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from urllib.parse import urlsplit

import httpx
import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import Struct

from rejoinder import __version__
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.privacy.incidents import registering
from rejoinder.privacy.leakcheck import known
from rejoinder.privacy.leakcheck.check import HOME, Checker
from rejoinder.privacy.leakcheck.known import DRAMA, Known
from rejoinder.privacy.leakcheck.shapes import Finding, Request
from rejoinder.team import audit
from rejoinder.team.notify import calls
from rejoinder.team.notify.said import Said

EVERY = 900.0  # seconds between two looks
TIMEOUT = 8.0  # seconds; the desk's other jobs wait meanwhile
BLIND = timedelta(hours=1)  # after which a canary that cannot look is an alarm itself
MOST = 1 << 20  # bytes of the answer

_LOG = logging.getLogger(__name__)


class BlindError(Exception):
    """It could not look. The message says why."""


class Echoed(Struct):
    """What the echo page says that it received."""

    target: str
    headers: list[tuple[str, str]]


class Canary:
    """One for a process: it remembers since when it could not look."""

    def __init__(self) -> None:
        self._blind_since: datetime | None = None

    def run(self) -> int:
        """Look once, if there is where to look; how many things were found."""
        if not config().canary_url:
            return 0
        try:
            found = look()
        except BlindError as error:
            self._cannot_see(str(error))
            return 0
        self._blind_since = None
        if found:
            _tell(found)
        return len(found)

    def _cannot_see(self, why: str) -> None:
        now = clock.now()
        self._blind_since = self._blind_since or now
        _LOG.warning("The canary could not look: %s", why)
        if now - self._blind_since >= BLIND:
            calls.call(
                f"canary blind {now:%Y-%m-%d}",
                partial(_blind, self._blind_since, why),
                config().base_url,
            )


def look() -> tuple[Finding, ...]:
    """What the page received that says who asked. Raises BlindError."""
    seen = _fetch()
    request = Request(urlsplit(config().canary_url).netloc, seen.target, seen.headers)
    numbers = [known.read(one, HOME[0]) for one in config().canary_sim_numbers]
    return Checker(Known(numbers, [DRAMA])).check([request])[0]


def _fetch() -> Echoed:
    """In clear text, by whoever asked for it: only so can a gateway add anything."""
    try:
        with httpx.Client(
            proxy=config().canary_gateway or None,
            trust_env=False,
            timeout=TIMEOUT,
            headers={"User-Agent": f"Rejoinder/{__version__}"},
        ) as client:
            answer = client.get(config().canary_url)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise BlindError(f"{type(error).__name__}: {error}"[:200]) from None
    if answer.status_code != httpx.codes.OK or len(answer.content) > MOST:
        raise BlindError(f"the page answered {answer.status_code}")
    try:
        return msgspec.json.decode(answer.content, type=Echoed)
    except msgspec.DecodeError:
        raise BlindError("what answered is not our echo page") from None


def _tell(found: tuple[Finding, ...]) -> None:
    """An incident, and once a day for the same things a call and a line in the audit."""
    things = "; ".join(sorted({f"{one.kind} in {one.where} {one.name}" for one in found}))
    digest = sha256(things.encode()).hexdigest()[:16]
    about = f"canary {clock.now():%Y-%m-%d} {digest}"
    with transaction.atomic():
        registering.found(f"canary {digest}", _known(_said(things)))
        if calls.call(about, partial(_said, things), config().base_url):
            audit.line(None, "found a subscriber's identity in a request", things)


def _said(things: str) -> Said:
    words = _(
        "Our own echo page was told who asked, through the gateway: %(things)s. "
        "Every site that a subscriber opens without encryption may be told the same."
    )
    return Said(_("A gateway tells sites who is asking"), words % {"things": things})


def _blind(since: datetime, why: str) -> Said:
    words = _("Since %(at)s UTC: %(why)s") % {"at": f"{since:%H:%M}", "why": why}
    return Said(_("The canary cannot look at the gateway"), words)


def _known(said: Said) -> registering.Known:
    """The incident: its clocks run from now; what a person finds out is added to it."""
    return registering.Known(
        name=said.subject,
        aware_at=clock.now(),
        personal=True,
        provider=True,
        facts=said.text,
    )
