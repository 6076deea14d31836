"""Lines that the desk opens at an exchange: an advisor's, a person's, and the two together.

Each has an id of ours, so that what is asked twice is done once. What became of a line is looked
at, and why it ended is told by an event. https://docs.asterisk.org/Latest_API/API_Documentation/
Asterisk_REST_Interface/Channels_REST_API/
"""

from typing import Literal

from rejoinder.channels.contract import Connection, Flow, Http, TroubleError
from rejoinder.channels.phone import numbers, ringing
from rejoinder.channels.phone.exchange import Exchange
from rejoinder.plumbing.answer import NoAnswerError

APP = "rejoinder-calls"  # beside the one that answers, so that neither hears the other's lines
Leg = Literal["none", "ringing", "up"]
MOST = 1_000  # events in one look


class Dialling:
    """One exchange, as the desk dials by it; the connection is kept between looks."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self._settings = connection.settings
        self._exchange = Exchange(connection, http)
        self._flow: Flow | None = None
        self._rest = b""
        self._causes: dict[str, int] = {}

    def look(self) -> dict[str, Leg]:
        """Our lines that are open, by their ids, once events are followed. Raises TroubleError."""
        try:
            if self._flow is None:
                self._flow = self._exchange.events(APP)
            self._follow(self._flow)
        except (NoAnswerError, TroubleError) as error:
            self.close()
            raise TroubleError(error.words, after=5) from None
        return {
            each.id: "up" if each.state == "Up" else "ringing"
            for each in self._exchange.all_lines()
            if each.id.startswith(ringing.PREFIX)
        }

    def cause(self, line: str) -> int:
        """Why a line ended, as Q.850 counts; 0 where nobody told."""
        return self._causes.pop(line, 0)

    def ring_desk(self, line: str, extension: str) -> bool:
        """Ring an advisor's telephone; false where there is none. Raises TroubleError."""
        if not numbers.EXTENSION.fullmatch(extension):
            return False
        return self._exchange.originate(line, extension, APP, self._settings.get("number", ""))

    def ring_out(self, line: str, told: str) -> bool:
        """Ring a number outside; false where the exchange has no way to it.

        Raises numbers.NotDialledError for what a person has to dial, TroubleError.
        """
        number = numbers.dialled(told, self._settings.get("country", ""))
        endpoint = self._settings.get("outside", "").replace("{number}", number)
        return self._exchange.originate(line, endpoint, APP, self._settings.get("number", ""))

    def sound_ringing(self, line: str) -> None:
        """Let an advisor hear that it rings. Raises TroubleError."""
        self._exchange.indicate(line)

    def join(self, call: str, *lines: str) -> bool:
        """Let them hear each other; false while a line is not there yet. Raises TroubleError."""
        return self._exchange.bridge(call, lines)

    def hang_up(self, *lines: str) -> None:
        """End them; gone already is what was wanted. Raises TroubleError."""
        for line in lines:
            self._exchange.hang_up(line)

    def part(self, call: str) -> None:
        """Nothing is left of a call that is over. Raises TroubleError."""
        self._exchange.end_bridge(call)

    def close(self) -> None:
        """Let go of the connection; the lines stay as they are."""
        if self._flow is not None:
            self._flow.close()
        self._flow, self._rest = None, b""

    def _follow(self, flow: Flow) -> None:
        """What was told since the last look, without waiting for more."""
        for _ in range(MOST):
            chunk = flow.take(0)
            if not chunk:
                return
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            for line in lines:
                event = ringing.read(line)
                if event.type == "ChannelDestroyed" and event.channel:
                    self._causes[event.channel.id] = event.cause


def is_possible(settings: dict[str, str]) -> bool:
    """Whether an account names an exchange and a way out."""
    return bool(settings.get("exchange") and settings.get("outside"))
