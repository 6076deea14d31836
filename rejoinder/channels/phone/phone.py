"""The telephone on the contract: calls come from an exchange, or are written down by hand."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from rejoinder.channels.contract import (
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Heard,
    Http,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
)
from rejoinder.channels.phone import hours, numbers
from rejoinder.channels.phone.answering import Answering
from rejoinder.channels.phone.exchange import Exchange
from rejoinder.plumbing.config import config

KEPT = "30"  # days that a recording is kept, unless somebody says otherwise
MOST_KEPT = 3650
LONGEST = 10_000  # code points of what was said
SOUND = re.compile(r"(sound|recording):[\w/.-]{1,200}", re.ASCII)


class Phone(Channel):
    """One telephone of ours: calls, letters and visits; those of an exchange come by themselves."""

    name = "phone"
    label = "Phone"
    glyph = "M5 2.5h6v11H5zM7 11.5h2"
    can = Can(private=True, by_hand=True, record=True)
    form = (
        Field(
            name="number",
            label="Number",
            help="The one that people call; it stands on the public pages.",
        ),
        Field(
            name="hours",
            label="Hours for calling back",
            help="Each stretch is a slot that can be promised, in the time of your organisation. "
            "Separate days with a semicolon: mon-fri 09:00-11:00 14:00-16:00; sat 10:00-12:00",
            default=hours.USUAL,
        ),
        Field(
            name="calls",
            label="Calls in each slot",
            help="As many are promised, and no more.",
            default="6",
        ),
        Field(
            name="exchange",
            label="Exchange",
            help="The address of an Asterisk, such as https://pbx.example.com:8089. Left empty, "
            "calls are written down by hand.",
            required=False,
        ),
        Field(
            name="user",
            label="User at the exchange",
            help="As it stands in ari.conf there.",
            required=False,
        ),
        Field(
            name="password",
            label="Password at the exchange",
            secret=True,
            required=False,
        ),
        Field(
            name="sound",
            label="What callers hear first",
            help="A sound at the exchange that says who you are, and that the message they leave "
            "is recorded and for how long it is kept: sound:our-greeting. Nobody is recorded "
            "before it was played.",
            required=False,
        ),
        Field(
            name="days",
            label="Days that a recording is kept",
            help="Then the desk destroys it. Say as many in the words that callers hear.",
            default=KEPT,
            required=False,
        ),
        Field(
            name="outside",
            label="How numbers outside are dialled",
            help="As the exchange names your way out, with {number} in its place, such as "
            "PJSIP/{number}@trunk. Left empty, advisors dial by hand.",
            required=False,
        ),
        Field(
            name="country",
            label="Country of your number",
            help="Two letters, such as GB. Numbers of other countries are dialled by hand.",
            default="GB",
            required=False,
        ),
    )
    voices_kept: ClassVar[bool] = True
    told_names: ClassVar[bool] = True
    poll: ClassVar[float] = 3600.0

    def __init__(
        self,
        connection: Connection,
        http: Http,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__(connection, http, keep)
        self._answering: Answering | None = None

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """None but that of hands: what is recorded here has been said already."""
        return (Limit(name="minute", cap=600, window=60, published=False),)

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    def identify(self) -> Identity:
        """The number, once hours and slots can be read."""
        filled = self.connection.settings
        try:
            hours.windows(filled.get("hours", ""))
            if not 1 <= int(filled.get("calls", "")) <= 1000:
                raise ValueError("there are 1 to 1,000 calls in a slot")
        except ValueError as error:
            words = f"The hours or the calls in a slot cannot be read: {error}."
            raise TroubleError(words, permanent=True) from None
        if filled.get("exchange"):
            if not SOUND.fullmatch(filled.get("sound", "")):
                words = "Callers must hear that they are recorded: name a sound, as sound:greeting."
                raise TroubleError(words, permanent=True)
            if _days(filled) is None:
                words = f"Recordings are kept for 1 to {MOST_KEPT:,} days: write a number."
                raise TroubleError(words, permanent=True)
            _require_way_out(filled)
            Exchange(self.connection, self.http).greets()
        number = filled.get("number", "")
        return Identity(external_id=number, handle=number)

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Calls at the exchange, where there is one.

        What is written down by hand is on the intake log before the page says so.
        """
        if not self.connection.settings.get("exchange"):
            return Heard([], cursor)
        if self._answering is None:
            self._answering = Answering(Exchange(self.connection, self.http), page(""))
        return self._answering.listen(cursor)

    def voices(self) -> Collection[str]:
        """Calls whose message the exchange keeps."""
        if not self.connection.settings.get("exchange"):
            return ()
        return Exchange(self.connection, self.http).stored()

    def voice(self, external_id: str) -> bytes | None:
        """The message of a call."""
        return Exchange(self.connection, self.http).file(external_id)

    def forget_voice(self, external_id: str) -> None:
        """The exchange keeps it no longer."""
        Exchange(self.connection, self.http).forget(external_id)

    @classmethod
    def voice_days(cls, settings: Mapping[str, str]) -> int:
        """As the account says."""
        return _days(settings) or int(KEPT)

    def close(self) -> None:
        """Let go of the exchange; calls that are not over are taken up again."""
        if self._answering is not None:
            self._answering.close()

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """The record of what the advisor did by hand: called back, wrote, said at the counter."""
        if not self.count(outgoing.text).ok:
            return Refused(f"A record has {LONGEST:,} characters at most.")
        return Receipt(external_id=key, url=page(outgoing.root))

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Nobody but the advisor knows."""
        return None


def _require_way_out(filled: Mapping[str, str]) -> None:
    """Raises TroubleError where what is dialled cannot be, or is more than a number."""
    if not filled.get("outside"):
        return
    if not numbers.WAY_OUT.fullmatch(filled["outside"]):
        words = "The way out is a technology, {number} and a trunk, as PJSIP/{number}@trunk."
        raise TroubleError(words, permanent=True)
    if not numbers.is_country(filled.get("country", "")):
        words = "The country of your number has two capital letters, such as GB or DE."
        raise TroubleError(words, permanent=True)


def page(reference: str) -> str:
    """The desk's page of what was written down."""
    return f"{config().base_url}/calls/{reference}"


def _days(settings: Mapping[str, str]) -> int | None:
    """The days that recordings are kept; None where what is written is no such number."""
    said = settings.get("days") or KEPT
    days = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    return days if 1 <= days <= MOST_KEPT else None
