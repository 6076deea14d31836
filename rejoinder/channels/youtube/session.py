"""A conversation with YouTube: a token renewed in time, troubles put into words."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from rejoinder.channels import lenient, oauth, rate_headers
from rejoinder.channels.contract import Connection, Http, TroubleError
from rejoinder.channels.youtube import shapes, units
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

API = "https://youtube.googleapis.com"
TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
PAGE = "https://accounts.google.com/o/oauth2/v2/auth"

# https://developers.google.com/youtube/v3/docs/errors
DAY_IS_OVER = {"quotaExceeded", "dailyLimitExceeded"}
SLOW_DOWN = {"rateLimitExceeded", "userRateLimitExceeded"}
SIGN_IN = {
    "insufficientPermissions": "Connect the account again, and allow the desk to manage comments.",
    "authError": "Connect the account again.",
    "accessNotConfigured": "Switch on the YouTube Data API v3 in the project on Google's console.",
    "authenticatedUserAccountClosed": "The account was closed there.",
    "authenticatedUserAccountSuspended": "The account was suspended there.",
}


class Session:
    """One account's way to YouTube. Not shared between threads."""

    def __init__(
        self, connection: Connection, http: Http, keep: Callable[[dict[str, str]], None]
    ) -> None:
        self._settings = connection.settings
        self._secrets = dict(connection.secrets)
        self._http = http
        self._keep = keep
        self.spent = 0  # units of the calls that read

    def read(self, path: str, shape: type[Shape], query: Query) -> Shape:
        """Ask and understand; a unit each. Raises TroubleError."""
        self.spent += 1
        try:
            answer = self.ask("GET", path, query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status != 200:
            raise trouble(answer)
        return lenient.understood(answer, shape, "YouTube")

    def ask(self, verb: str, path: str, query: Query, json: Any = None) -> Answer:
        """One call, repeated once when only the token had ended: then nothing was done.

        Raises NoAnswerError for this call, TroubleError when we cannot sign in.
        """
        answer = self._call(verb, path, query, json)
        if answer.status != 401 or not self._secrets.get("refresh"):
            return answer
        self._renew()
        return self._call(verb, path, query, json)

    def _call(self, verb: str, path: str, query: Query, json: Any) -> Answer:
        url = f"{service(self._settings)}/youtube/v3/{path}"
        header = {"Authorization": f"Bearer {self._secrets.get('access', '')}"}
        return self._http.call(verb, url, header=header, query=query, json=json)

    def _renew(self) -> None:
        form = {"grant_type": "refresh_token", "refresh_token": self._secrets["refresh"]}
        tokens = exchanged(self._settings, self._secrets, self._http, form)
        renewed = {"access": tokens.access_token}
        if tokens.refresh_token:
            renewed["refresh"] = tokens.refresh_token
        self._secrets |= renewed
        self._keep(renewed)


def exchanged(
    settings: Mapping[str, str], secrets: Mapping[str, str], http: Http, form: dict[str, str]
) -> shapes.Tokens:
    """Tokens for what Google gave. Raises TroubleError."""
    app = {
        "client_id": settings.get("client_id", ""),
        "client_secret": secrets.get("client_secret", ""),
    }
    url = TOKEN if service(settings) == API else f"{service(settings)}/token"
    try:
        answer = http.call("POST", url, header=oauth.FORM, content=oauth.form(app | form))
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status in {400, 401, 403}:
        said = f"Google does not let us in: {words(answer)} Connect the account again."
        raise TroubleError(said, after=60, permanent=True)
    if answer.status != 200:
        raise trouble(answer)
    return lenient.understood(answer, shapes.Tokens, "Google")


def service(settings: Mapping[str, str]) -> str:
    """The address of the API."""
    typed = settings.get("service", "").rstrip("/") or API
    return typed if "://" in typed else f"https://{typed}"


def trouble(answer: Answer) -> TroubleError:
    """A refusal or a failure as trouble, with the time after which to ask again."""
    why = reason(answer)
    if why in DAY_IS_OVER | SLOW_DOWN or answer.status == 429:
        return TroubleError(f"YouTube asks us to wait: {words(answer)}", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError("YouTube has moved. Correct its address.", after=300)
    said = f"YouTube answered {answer.status}: {words(answer)} {SIGN_IN.get(why, '')}".strip()
    for_good = answer.status in {401, 403}
    return TroubleError(said, after=300 if for_good else 30, permanent=for_good)


def wait(answer: Answer) -> float:
    """Seconds until we may come again: the day's units start anew at midnight Pacific."""
    if reason(answer) in DAY_IS_OVER:
        return units.until_anew(clock.now())
    after = rate_headers.retry_after(answer.header, clock.now())
    return 60.0 if after is None else max(1.0, after)


def reason(answer: Answer) -> str:
    """The first reason that is given."""
    found = _fault(answer).error
    return found.errors[0].reason if isinstance(found, shapes.Fault) and found.errors else ""


def words(answer: Answer) -> str:
    """What YouTube says, for people."""
    found = _fault(answer)
    said = found.error.message if isinstance(found.error, shapes.Fault) else found.error
    said = (found.error_description or said or f"status {answer.status}").strip()[:300]
    return said if said.endswith((".", "!", "?")) else said + "."


def _fault(answer: Answer) -> shapes.Faulty:
    try:
        return lenient.decode(answer.body, shapes.Faulty)
    except lenient.UnreadableError:
        return shapes.Faulty()
