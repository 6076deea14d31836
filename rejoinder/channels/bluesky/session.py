"""A signed-in conversation with a Bluesky server: tokens renewed, troubles put into words."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from rejoinder.channels import lenient, rate_headers
from rejoinder.channels.bluesky import shapes
from rejoinder.channels.contract import Connection, Http, TroubleError
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

SIGN_IN = "com.atproto.server.createSession"
RENEW = "com.atproto.server.refreshSession"
UPLOAD = 60.0  # seconds for a file to arrive
FILM = 90.0  # the same for a film: 50 MB at 4.5 Mbit/s; a send is over before its lease
_NOT_OPEN = {"ExpiredToken", "InvalidToken"}


class File(NamedTuple):
    """What is sent as it stands."""

    data: bytes
    media_type: str


class Session:
    """One account's way to its server. Not shared between threads."""

    def __init__(
        self, connection: Connection, http: Http, keep: Callable[[dict[str, str]], None]
    ) -> None:
        self._settings = connection.settings
        self._secrets = dict(connection.secrets)
        self._handle = connection.handle
        self._http = http
        self._keep = keep

    def read(
        self, method: str, shape: type[Shape], query: Query | None = None, *, through: str = ""
    ) -> Shape:
        """Ask and understand. Raises TroubleError."""
        try:
            answer = self.ask("GET", method, query=query, through=through)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status != 200:
            raise trouble(answer)
        return understood(answer, shape)

    def ask(
        self,
        verb: str,
        method: str,
        *,
        query: Query | None = None,
        json: Any = None,
        file: File | None = None,
        through: str = "",
    ) -> Answer:
        """One call, repeated once when only the token had expired: then nothing was done.

        `through` names another service, to which the account's server hands the call on
        (atproto.com/specs/xrpc, Service Proxying).
        Raises NoAnswerError for this call, TroubleError when we cannot sign in.
        """
        if not self._secrets.get("access"):
            self._sign_in()
        call = partial(self._call, verb, method, query=query, json=json, file=file, through=through)
        answer = call(self._secrets["access"])
        if not _token_refused(answer):
            return answer
        self._renew()
        return call(self._secrets["access"])

    def _renew(self) -> None:
        """A new access token; by the password when the renewal token has gone stale too."""
        answer = self._reached("POST", RENEW, self._secrets.get("refresh", ""))
        if answer.status == 200:
            self._take(answer)
        elif answer.status in {400, 401, 403}:
            self._sign_in()
        else:
            raise trouble(answer)

    def _sign_in(self) -> None:
        given = {
            "identifier": self._settings.get("handle", "").lstrip("@") or self._handle,
            "password": self._secrets.get("password", ""),
        }
        answer = self._reached("POST", SIGN_IN, json=given)
        if answer.status in {400, 401, 403}:
            raise TroubleError(
                f"Bluesky refused the handle or the app password: {words(answer)} "
                "Make a new app password there and connect the account again.",
                after=300,
                permanent=True,
            )
        if answer.status != 200:
            raise trouble(answer)
        self._take(answer)

    def _take(self, answer: Answer) -> None:
        tokens = understood(answer, shapes.Tokens)
        renewed = {"access": tokens.access_jwt, "refresh": tokens.refresh_jwt}
        self._secrets |= renewed
        self._keep(renewed)

    def _reached(self, verb: str, method: str, token: str = "", *, json: Any = None) -> Answer:
        try:
            return self._call(verb, method, token, json=json)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None

    def _call(
        self,
        verb: str,
        method: str,
        token: str,
        *,
        query: Query | None = None,
        json: Any = None,
        file: File | None = None,
        through: str = "",
    ) -> Answer:
        url = f"{_service(self._settings.get('service', ''))}/xrpc/{method}"
        header = {"Authorization": f"Bearer {token}"} if token else {}
        if through:
            header["atproto-proxy"] = through
        if file:
            header["Content-Type"] = file.media_type
            until = FILM if file.media_type.startswith("video/") else UPLOAD
            return self._http.call(verb, url, header=header, content=file.data, timeout=until)
        return self._http.call(verb, url, header=header, query=query, json=json)


def _service(typed: str) -> str:
    """The address as a program needs it: people leave the start away and add a slash."""
    typed = typed.rstrip("/")
    return typed if "://" in typed else f"https://{typed}"


def understood(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as a shape. Raises TroubleError."""
    return lenient.understood(answer, shape, "Bluesky")


def trouble(answer: Answer) -> TroubleError:
    """A refusal or a failure as trouble, with the time after which to ask again."""
    if answer.status == 429:
        return TroubleError("Bluesky asks us to slow down.", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError("The service has moved. Correct its address.", after=300)
    if may_not(answer):
        return TroubleError(
            "The app password does not open private messages. Make one in Bluesky that allows "
            "access to your direct messages, and connect the account again.",
            after=300,
            permanent=True,
        )
    return TroubleError(f"Bluesky answered {answer.status}: {words(answer)}", after=30)


def wait(answer: Answer) -> float:
    """Seconds until a limit lets us in again: `retry-after`, else `ratelimit-reset`."""
    now = clock.now()
    after = rate_headers.retry_after(answer.header, now)
    if after is not None:
        return max(1.0, after)
    reset = rate_headers.draft_reset(answer.header, now)
    wait = (reset - now).total_seconds() if reset else 60.0
    return min(max(1.0, wait), rate_headers.LONGEST_WAIT)


def fault(answer: Answer) -> shapes.Fault:
    """The refusal in an answer; empty when there is none to read."""
    try:
        return lenient.decode(answer.body, shapes.Fault)
    except lenient.UnreadableError:
        return shapes.Fault()


def words(answer: Answer) -> str:
    """What the server says, for people."""
    found = fault(answer)
    said = (found.message or found.error or f"status {answer.status}").strip()[:300]
    return said if said.endswith((".", "!", "?")) else said + "."


def may_not(answer: Answer) -> bool:
    """Whether the app password opens the account, and not what was asked for."""
    return fault(answer).message == "Bad token method"


def _token_refused(answer: Answer) -> bool:
    expired = answer.status in {400, 401} and fault(answer).error in _NOT_OPEN
    return expired and not may_not(answer)
