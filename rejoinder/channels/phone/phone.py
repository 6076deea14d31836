"""The telephone by hand on the contract: the advisor answers, and what was said is written down."""

from typing import Any, ClassVar

from rejoinder.channels.contract import (
    Can,
    Channel,
    Count,
    Field,
    Heard,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
)
from rejoinder.channels.phone import hours
from rejoinder.plumbing.config import config

LONGEST = 10_000  # code points of what was said


class Phone(Channel):
    """One telephone of ours, without an exchange: calls, letters and visits, written down."""

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
    )
    told_names: ClassVar[bool] = True
    poll: ClassVar[float] = 3600.0

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
        number = filled.get("number", "")
        return Identity(external_id=number, handle=number)

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Nothing: what is written down is on the intake log before the page says so."""
        return Heard([], cursor)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """The record of what the advisor did by hand: called back, wrote, said at the counter."""
        if not self.count(outgoing.text).ok:
            return Refused(f"A record has {LONGEST:,} characters at most.")
        return Receipt(external_id=key, url=page(outgoing.root))

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Nobody but the advisor knows."""
        return None


def page(reference: str) -> str:
    """The desk's page of what was written down."""
    return f"{config().base_url}/calls/{reference}"
