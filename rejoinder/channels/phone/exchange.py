"""What an exchange is asked, by Asterisk's REST interface (ARI), and what went wrong in words."""

import base64
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import msgspec

from rejoinder.channels import lenient
from rejoinder.channels.contract import Connection, Flow, Http, Sockets, TroubleError
from rejoinder.channels.phone import ringing
from rejoinder.plumbing.answer import Answer, NoAnswerError

APP = "rejoinder"  # the name in the dialplan: Stasis(rejoinder)
QUIET = 3600.0  # seconds; at night nobody calls, and Asterisk pings only where it is told to
LONGEST_MESSAGE = 120  # seconds
FETCH = 30.0  # seconds; two minutes of telephone are 2 MB
SILENCE = 8  # seconds that end a message

Query = dict[str, str | int | list[str]]


class Waiting(msgspec.Struct, frozen=True):
    """Where a line is in the dialplan, and since when the call is there."""

    app_name: str = ""
    app_data: str = ""


class Channel(msgspec.Struct, frozen=True):
    """A line that is open now."""

    id: str = ""
    state: str = ""
    caller: ringing.Caller = ringing.Caller()
    dialplan: Waiting = Waiting()


class Stored(msgspec.Struct, frozen=True):
    """A recording that the exchange keeps."""

    name: str = ""


class Exchange:
    """One exchange, as one user of its interface."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self._base = connection.settings.get("exchange", "").rstrip("/")
        user = connection.settings.get("user", "")
        pair = f"{user}:{connection.secrets.get('password', '')}".encode()
        self._header = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        self._sound = connection.settings.get("sound", "")
        self._http = http
        self._host = urlsplit(self._base).hostname or self._base

    def greets(self) -> None:
        """Raises TroubleError where it does not let us in, or cannot record."""
        answer = self._call("GET", "asterisk/info", {"only": "system"})
        if answer.status in {401, 403}:
            words = f"{self._host} does not let this user in: look at ari.conf there."
            raise TroubleError(words, permanent=True)
        self._fine(answer)
        self.stored()

    def events(self, app: str = APP) -> Flow:
        """What happens there from now on. Raises TroubleError."""
        if not isinstance(self._http, Sockets):
            raise TroubleError("An exchange is heard by a WebSocket, which is not to be had here.")
        url = f"{self._base}/ari/events?app={app}"
        try:
            flow = self._http.socket(url, quiet=QUIET, header=self._header)
        except NoAnswerError as error:
            raise TroubleError(error.words) from None
        if flow.status != 101:
            flow.close()
            raise TroubleError(f"{self._host} answers {flow.status} where its events should be.")
        return flow

    def all_lines(self) -> list[Channel]:
        """Every line that is open there. Raises TroubleError."""
        answer = self._call("GET", "channels")
        self._fine(answer)
        return lenient.understood(answer, list[Channel], self._host)

    def lines(self) -> list[Channel]:
        """Calls that are ours to take now. Raises TroubleError."""
        return [
            each
            for each in self.all_lines()
            if each.dialplan.app_name == "Stasis" and each.dialplan.app_data.split(",")[0] == APP
        ]

    def stored(self) -> set[str]:
        """The references of calls whose message it keeps. Raises TroubleError."""
        answer = self._call("GET", "recordings/stored")
        if answer.status == 500:  # as Asterisk answers where the folder is missing
            words = (
                f"{self._host} has no folder for recordings: make /var/spool/asterisk/recording "
                "there, which Asterisk may write."
            )
            raise TroubleError(words, permanent=True)
        self._fine(answer)
        found = lenient.understood(answer, list[Stored], self._host)
        names, prefix = [each.name for each in found], ringing.PREFIX
        return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}

    def keeps(self, reference: str) -> bool:
        """Whether it keeps the message of this call. Raises TroubleError."""
        answer = self._call("GET", f"recordings/stored/{_quoted(ringing.PREFIX + reference)}")
        return answer.status != 404 and self._fine(answer)

    def file(self, reference: str) -> bytes | None:
        """The message of this call as WAV; None where there is none yet. Raises TroubleError."""
        path = f"recordings/stored/{_quoted(ringing.PREFIX + reference)}/file"
        answer = self._call("GET", path, timeout=FETCH)
        if answer.status == 404:
            return None
        self._fine(answer)
        if answer.cut or not answer.body.startswith(b"RIFF"):
            words = f"{self._host} gives a recording that is none, or longer than any of ours."
            raise TroubleError(words)
        return answer.body

    def forget(self, reference: str) -> None:
        """Delete the message of this call there. Raises TroubleError."""
        path = f"recordings/stored/{_quoted(ringing.PREFIX + reference)}"
        answer = self._call("DELETE", path)
        if answer.status != 404:
            self._fine(answer)

    def records(self, reference: str) -> bool:
        """Whether the message of this call is recorded now. Raises TroubleError."""
        answer = self._call("GET", f"recordings/live/{_quoted(ringing.PREFIX + reference)}")
        return answer.status != 404 and self._fine(answer)

    def plays(self, reference: str) -> bool:
        """Whether the caller hears the words about recording now. Raises TroubleError."""
        answer = self._call("GET", f"playbacks/{_quoted(ringing.PREFIX + reference)}")
        return answer.status != 404 and self._fine(answer)

    def greet(self, line: str, reference: str) -> bool:
        """Answer, and say that they are recorded; false where they hung up."""
        if not self._do("POST", f"channels/{_quoted(line)}/answer"):
            return False
        query: Query = {"media": self._sound, "playbackId": ringing.PREFIX + reference}
        return self._do("POST", f"channels/{_quoted(line)}/play", query)

    def record(self, line: str, reference: str) -> bool:
        """Record until # is pressed, nothing is said or it is long enough; once for each call."""
        query: Query = {
            "name": ringing.PREFIX + reference,
            "format": "wav",
            "maxDurationSeconds": LONGEST_MESSAGE,
            "maxSilenceSeconds": SILENCE,
            "ifExists": "fail",
            "beep": "true",
            "terminateOn": "#",
        }
        return self._do("POST", f"channels/{_quoted(line)}/record", query)

    def originate(self, line: str, endpoint: str, app: str, caller: str) -> bool:
        """Ring an endpoint, on a line with this id; false where the exchange cannot.

        It goes in the body: addresses of requests stand in logs. Raises TroubleError.
        """
        asked = {"endpoint": endpoint, "app": app, "appArgs": "ours", "callerId": caller}
        answer = self._call("POST", f"channels/{_quoted(line)}", json=asked)
        if answer.status in {400, 500}:
            return False
        return answer.status == 409 or self._fine(answer)

    def indicate(self, line: str) -> None:
        """Let it hear that another one rings; who hung up hears nothing. Raises TroubleError."""
        self._do("POST", f"channels/{_quoted(line)}/ring")

    def bridge(self, name: str, lines: Sequence[str]) -> bool:
        """Put lines together, once; false where one of them is not there. Raises TroubleError."""
        self._do("POST", f"bridges/{_quoted(name)}", {"type": "mixing"})
        where = f"bridges/{_quoted(name)}/addChannel"
        answer = self._call("POST", where, {"channel": ",".join(lines)})
        return answer.status not in {400, 404, 409, 422} and self._fine(answer)

    def end_bridge(self, name: str) -> None:
        """It is over. Raises TroubleError."""
        self._do("DELETE", f"bridges/{_quoted(name)}")

    def hang_up(self, line: str) -> None:
        """End it; whoever hung up first, it is over."""
        self._do("DELETE", f"channels/{_quoted(line)}")

    def _do(self, method: str, path: str, query: Query | None = None) -> bool:
        """Done, or done before (409); false where the line is gone. Raises TroubleError."""
        answer = self._call(method, path, query)
        if answer.status in {404, 412, 422}:
            return False
        return answer.status == 409 or self._fine(answer)

    def _fine(self, answer: Answer) -> bool:
        if not 200 <= answer.status < 300:
            raise TroubleError(f"The exchange {self._host} answers {answer.status}.")
        return True

    def _call(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        *,
        json: object = None,
        timeout: float = 5,
    ) -> Answer:
        url = f"{self._base}/ari/{path}"
        try:
            return self._http.call(
                method, url, header=self._header, query=query, json=json, timeout=timeout
            )
        except NoAnswerError as error:
            raise TroubleError(error.words) from None


def _quoted(name: str) -> str:
    return quote(name, safe="")
