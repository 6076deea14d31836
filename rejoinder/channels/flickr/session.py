"""A signed conversation with Flickr: every call by OAuth 1.0a, every refusal put into words.

https://www.flickr.com/services/api/auth.oauth.html. Flickr answers 200 to nearly everything and
says in the body whether it did it.
"""

import secrets
from collections.abc import Mapping
from typing import TypeVar

from rejoinder.channels import lenient, oauth, oauth1, rate_headers
from rejoinder.channels.contract import Connection, Http, TroubleError
from rejoinder.channels.flickr import shapes
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")

API = "https://api.flickr.com"
SITE = "https://www.flickr.com"
REST = "/services/rest/"
SLOW_DOWN = 60.0  # seconds, when Flickr says "too fast" and not for how long

PHOTO_GONE, BLANK, TOO_FAST = 1, 8, 9
UNAVAILABLE, WRITE_FAILED = 105, 106
SIGN_IN = {
    95: "Flickr takes calls over TLS alone: correct the address.",
    96: "The signature does not fit: fill in the key and the secret again.",
    97: "The signature is missing: fill in the key and the secret again.",
    98: "Flickr ended our way in: connect the account again.",
    99: "The account let the desk read and not write: connect it again.",
    100: "Flickr does not know the API key, or it has expired.",
}


class Session:
    """One account's way to Flickr."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self._settings = connection.settings
        self._secrets = connection.secrets
        self._http = http

    def read(self, method: str, shape: type[Shape], **given: str) -> Shape:
        """Ask and understand. Raises TroubleError, RefusedError where Flickr says no."""
        try:
            answer = self.ask("GET", method, given)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status != 200:
            raise trouble(answer)
        found = lenient.understood(answer, shapes.Fault, "Flickr")
        if found.stat != "ok":
            raise RefusedError(found)
        return lenient.understood(answer, shape, "Flickr")

    def ask(self, verb: str, method: str, given: Mapping[str, str]) -> Answer:
        """One call. Raises NoAnswerError."""
        named = {"method": method, "format": "json", "nojsoncallback": "1", **given}
        url = service(self._settings) + REST
        header = {"Authorization": self._signed(verb, url, named)}
        if verb == "GET":
            return self._http.call(verb, url, header=header, query=dict(named))
        return self._http.call(verb, url, header=header | oauth.FORM, content=oauth.form(named))

    def _signed(self, verb: str, url: str, given: Mapping[str, str]) -> str:
        return signed(keys(self._settings, self._secrets), verb, url, given)


class RefusedError(TroubleError):
    """Flickr understood and said no; `code` says what it was."""

    def __init__(self, fault: shapes.Fault) -> None:
        after = 300.0 if fault.code in SIGN_IN else SLOW_DOWN
        said = f"Flickr says: {words(fault)} {SIGN_IN.get(fault.code, '')}".strip()
        super().__init__(said, after=after, permanent=fault.code in SIGN_IN)
        self.code = fault.code


def signed(
    key: oauth1.Keys,
    verb: str,
    url: str,
    given: Mapping[str, str],
    more: Mapping[str, str] | None = None,
) -> str:
    """The header that signs a call."""
    return oauth1.header(
        key,
        verb,
        url,
        given.items(),
        nonce=secrets.token_hex(16),
        timestamp=int(clock.now().timestamp()),
        more=more or {},
    )


def keys(settings: Mapping[str, str], filled: Mapping[str, str]) -> oauth1.Keys:
    """Those of the app, and of the account where it let us in."""
    return oauth1.Keys(
        settings.get("key", ""),
        filled.get("secret", ""),
        filled.get("token", ""),
        filled.get("token_secret", ""),
    )


def service(settings: Mapping[str, str], usual: str = API) -> str:
    """The address of the API, or of the page on which an account lets us in."""
    typed = settings.get("service", "").rstrip("/")
    return usual if typed in {"", API} else typed


def fault(answer: Answer) -> shapes.Fault:
    """What is said of a call; empty when that cannot be read."""
    try:
        return lenient.decode(answer.body, shapes.Fault)
    except lenient.UnreadableError:
        return shapes.Fault()


def trouble(answer: Answer) -> TroubleError:
    """An answer that is none, with the time after which to ask again."""
    if answer.status == 429:
        return TroubleError("Flickr asks us to slow down.", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError("Flickr has moved. Correct its address.", after=300)
    return TroubleError(f"Flickr answered {answer.status}.", after=30)


def wait(answer: Answer) -> float:
    """Seconds until we may come again."""
    after = rate_headers.retry_after(answer.header, clock.now())
    return SLOW_DOWN if after is None else max(1.0, after)


def words(found: shapes.Fault) -> str:
    """What Flickr says, for people."""
    said = found.message.strip()[:300] or f"error {found.code}"
    return said if said.endswith((".", "!", "?")) else said + "."
