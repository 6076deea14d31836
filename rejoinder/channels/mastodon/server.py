"""The way to a server: its address as a program needs it, our token, its troubles in words."""

from typing import Any, TypeVar

from rejoinder.channels import hypertext, lenient, rate_headers
from rejoinder.channels.contract import Connection, Http, Observed, TroubleError
from rejoinder.channels.mastodon import shapes
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.multipart import Body

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

ME = "/api/v1/accounts/verify_credentials"
# The second version knows more; servers that offer the first alone are many.
INSTANCE = ("/api/v2/instance", "/api/v1/instance")
POSTS_WINDOW = 3 * 3600.0  # seconds (Mastodon, RateLimiter: statuses)
DELETIONS_WINDOW = 1800.0  # seconds (Mastodon, RateLimiter: media and deletes)
_CALLS_WINDOW = 300.0  # seconds, of the limit on calls of any kind
_SLOW_DOWN = 60.0  # seconds, where a server that asks us to wait does not say how long
UPLOAD = 60.0  # seconds for a file to arrive
FILM = 90.0  # the same for a film: 50 MB at 4.5 Mbit/s; a send is over before its lease
MOVED = "The server has moved. Correct its address."


class Server:
    """One account's way to its server."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self.address = address(connection.settings.get("server", ""))
        self._token = connection.secrets.get("token", "")
        self._http = http

    def read(self, path: str, shape: type[Shape], query: Query | None = None) -> Shape:
        """Ask and understand. Raises TroubleError."""
        answer = self.look(path, query)
        if answer.status != 200:
            raise trouble(answer)
        return understood(answer, shape)

    def look(self, path: str, query: Query | None = None) -> Answer:
        """Ask, whatever the answer. Raises TroubleError where there is none."""
        try:
            return self.ask("GET", path, query=query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None

    def ask(
        self,
        verb: str,
        path: str,
        *,
        query: Query | None = None,
        json: Any = None,
        form: Body | None = None,
        key: str = "",
        timeout: float = UPLOAD,
    ) -> Answer:
        """One call; `key` makes it repeatable where the server keeps keys. Raises NoAnswerError."""
        header = self.header()
        if key:
            header["Idempotency-Key"] = key
        url = self.address + path
        if form:
            header["Content-Type"] = form.media_type
            return self._http.call(verb, url, header=header, content=form.content, timeout=timeout)
        return self._http.call(verb, url, header=header, query=query, json=json)

    def header(self) -> dict[str, str]:
        """What opens the account."""
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def instance(self) -> shapes.Instance:
        """The server's own description. Raises TroubleError."""
        newer, older = INSTANCE
        answer = self.look(newer)
        if answer.status in {401, 404, 410}:
            answer = self.look(older)
        if answer.status != 200:
            raise trouble(answer)
        return understood(answer, shapes.Instance)


def address(typed: str) -> str:
    """The server's address: people leave the start away, or give their handle or a page."""
    typed = typed.strip().rpartition("@")[2] if "://" not in typed else typed.strip()
    scheme, _, rest = typed.rpartition("://")
    host = rest.partition("/")[0].lower()
    return f"{scheme.lower() or 'https'}://{host}"


def host(address: str) -> str:
    """The name in an address."""
    return address.rpartition("://")[2]


def understood(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as a shape. Raises TroubleError."""
    return lenient.understood(answer, shape, "The server")


def trouble(answer: Answer) -> TroubleError:
    """A refusal or a failure as trouble, with the time after which to ask again."""
    if answer.status == 429:
        return TroubleError("The server asks us to slow down.", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError(MOVED, after=300)
    said = f"The server answered {answer.status}: {words(answer)}"
    if answer.status in {401, 403}:
        said += " Connect the account again."
        return TroubleError(said, after=300, permanent=True)
    return TroubleError(said, after=30)


def wait(answer: Answer) -> float:
    """Seconds until a limit lets us in again: `Retry-After`, else `X-RateLimit-Reset`."""
    now = clock.now()
    after = rate_headers.retry_after(answer.header, now)
    if after is None:
        told = rate_headers.classic(answer.header | _NONE_LEFT, "x-ratelimit-")[0].resets_at
        after = (told - now).total_seconds() if told else _SLOW_DOWN
    return min(max(1.0, after), rate_headers.LONGEST_WAIT)


def observed(answer: Answer) -> tuple[Observed, ...]:
    """What the headers tell of the limit on posts.

    They are of whichever limit is nearest its end, and both allow 300. What starts anew in more
    than five minutes is that on posts; of the rest nobody can say which it is.
    """
    now = clock.now()
    told = rate_headers.classic(answer.header, "x-ratelimit-", name="posts", window=POSTS_WINDOW)
    ends = told[0].resets_at if told else None
    far = ends is not None and (ends - now).total_seconds() > _CALLS_WINDOW
    return told if far else ()


def fault(answer: Answer) -> shapes.Fault:
    """The refusal in an answer; empty when there is none to read."""
    try:
        return lenient.decode(answer.body, shapes.Fault)
    except lenient.UnreadableError:
        return shapes.Fault()


def words(answer: Answer) -> str:
    """What the server says, for people."""
    found = fault(answer)
    said = hypertext.words(found.error_description or found.error)[:300]
    said = said or f"status {answer.status}"
    return said if said.endswith((".", "!", "?")) else said + "."


_NONE_LEFT = {"x-ratelimit-remaining": "0"}
