"""A signed conversation with X: OAuth 2.0 renewed in time, OAuth 1.0a, troubles put into words."""

import base64
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from rejoinder.channels import lenient, oauth, oauth1, rate_headers
from rejoinder.channels.contract import Connection, Http, TroubleError
from rejoinder.channels.x import shapes
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

RENEW = "/2/oauth2/token"
API = "https://api.x.com"


class Session:
    """One account's way to X. Not shared between threads."""

    def __init__(
        self, connection: Connection, http: Http, keep: Callable[[dict[str, str]], None]
    ) -> None:
        self._settings = connection.settings
        self._secrets = dict(connection.secrets)
        self.http = http
        self._keep = keep

    def read(self, path: str, shape: type[Shape], query: Query | None = None) -> Shape:
        """Ask and understand. Raises TroubleError."""
        return understood(self.asked(path, query), shape)

    def asked(self, path: str, query: Query | None = None) -> Answer:
        """Ask; the answer if it is one. Raises TroubleError."""
        try:
            answer = self.ask("GET", path, query=query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status != 200:
            raise trouble(answer)
        return answer

    def ask(self, verb: str, path: str, *, query: Query | None = None, json: Any = None) -> Answer:
        """One call, repeated once when only the token had ended: then nothing was done.

        Raises NoAnswerError for this call, TroubleError when we cannot sign in.
        """
        answer = self._call(verb, path, query, json)
        if answer.status != 401 or not self._secrets.get("refresh"):
            return answer
        self._renew()
        return self._call(verb, path, query, json)

    def address(self, path: str) -> str:
        """Where the API is."""
        return service(self._settings) + path

    def app_header(self) -> dict[str, str]:
        """What signs the app itself in, as the filtered stream asks; empty when we have none."""
        token = self._secrets.get("bearer", "")
        return {"Authorization": f"Bearer {token}"} if token else {}

    def secret(self, name: str) -> str:
        """One of our secrets as it is now; empty when it was not filled in."""
        return self._secrets.get(name, "")

    def _call(self, verb: str, path: str, query: Query | None, json: Any) -> Answer:
        url = self.address(path)
        return self.http.call(
            verb, url, header=self._header(verb, url, query or {}), query=query, json=json
        )

    def _header(self, verb: str, url: str, query: Query) -> dict[str, str]:
        if self._secrets.get("access"):
            return {"Authorization": f"Bearer {self._secrets['access']}"}
        pairs = [(name, str(value)) for name, value in query.items()]
        signed = oauth1.header(
            keys(self._secrets),
            verb,
            url,
            pairs,
            nonce=secrets.token_hex(16),
            timestamp=int(clock.now().timestamp()),
        )
        return {"Authorization": signed}

    def _renew(self) -> None:
        """New tokens; the old renewal token ends with this."""
        form = {"grant_type": "refresh_token", "refresh_token": self._secrets["refresh"]}
        try:
            answer = exchanged(self._settings, self._secrets, self.http, form)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status in {400, 401, 403}:
            raise TroubleError(
                f"X does not renew our way in: {words(answer)} If this stays, connect the account "
                "again.",
                after=60,
                permanent=True,
            )
        if answer.status != 200:
            raise trouble(answer)
        self._take(understood(answer, shapes.Tokens))

    def _take(self, tokens: shapes.Tokens) -> None:
        renewed = {"access": tokens.access_token}
        if tokens.refresh_token:
            renewed["refresh"] = tokens.refresh_token
        self._secrets |= renewed
        self._keep(renewed)


def exchanged(
    settings: dict[str, str], secrets: dict[str, str], http: Http, form: dict[str, str]
) -> Answer:
    """Ask for tokens, as an app with a secret or without one. Raises NoAnswerError."""
    client, secret = settings.get("client_id", ""), secrets.get("client_secret", "")
    header = dict(oauth.FORM)
    if secret:
        named = base64.b64encode(f"{client}:{secret}".encode()).decode()
        header["Authorization"] = f"Basic {named}"
    else:
        form = form | {"client_id": client}
    return http.call("POST", service(settings) + RENEW, header=header, content=oauth.form(form))


def service(settings: dict[str, str]) -> str:
    """The address of the API; people leave its start away and add a slash."""
    typed = settings.get("service", "").rstrip("/") or API
    return typed if "://" in typed else f"https://{typed}"


def keys(filled: dict[str, str]) -> oauth1.Keys:
    """The four keys of OAuth 1.0a."""
    names = ("consumer_key", "consumer_secret", "token", "token_secret")
    return oauth1.Keys(*(filled.get(name, "") for name in names))


def understood(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as a shape. Raises TroubleError."""
    return lenient.understood(answer, shape, "X")


def trouble(answer: Answer) -> TroubleError:
    """A refusal or a failure as trouble, with the time after which to ask again."""
    if answer.status == 429:
        return TroubleError(f"X asks us to slow down: {words(answer)}", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError("X has moved. Correct its address.", after=300)
    if answer.status in {401, 402, 403}:
        return TroubleError(f"X lets us not in: {words(answer)}", after=300, permanent=True)
    return TroubleError(f"X answered {answer.status}: {words(answer)}", after=30)


def wait(answer: Answer) -> float:
    """Seconds until a limit lets us in again: the latest of those that have nothing left."""
    now = clock.now()
    after = rate_headers.retry_after(answer.header, now)
    if after is not None:
        return max(1.0, after)
    told = [each for prefix in PREFIXES for each in rate_headers.classic(answer.header, prefix)]
    resets = [each.resets_at for each in told if each.resets_at and not each.remaining]
    left = (max(resets) - now).total_seconds() if resets else 900.0
    return min(max(1.0, left), rate_headers.LONGEST_WAIT)


PREFIXES = {"x-rate-limit-": 900, "x-user-limit-24hour-": 86_400, "x-app-limit-24hour-": 86_400}


def fault(answer: Answer) -> shapes.Fault:
    """The refusal in an answer; empty when there is none to read."""
    try:
        return lenient.decode(answer.body, shapes.Fault)
    except lenient.UnreadableError:
        return shapes.Fault()


def words(answer: Answer) -> str:
    """What X says, for people."""
    found = fault(answer)
    first = found.errors[0] if found.errors else {}
    inner = str(first.get("message") or first.get("detail") or "")
    said = inner or found.detail or found.error_description or found.title or found.error
    said = (said or f"status {answer.status}").strip()[:300]
    return said if said.endswith((".", "!", "?")) else said + "."
