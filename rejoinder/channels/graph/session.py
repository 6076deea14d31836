"""A conversation with the Graph API: one account's token, troubles put into words.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

import hmac
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.channels import lenient, rate_headers
from rejoinder.channels.contract import Connection, Http, Observed, TroubleError
from rejoinder.channels.graph import shapes
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

API = "https://graph.facebook.com/v26.0"
RATE = {4, 17, 32, 613, *range(80_000, 80_015)}
TOKEN = {102, 190, 463, 467}
PERMISSION = {3, 10, *range(200, 300)}
BLOCKED = 368
GONE = (100, 33)  # code and subcode of what does not exist, or is not ours to see
FAILED = {1, 2}  # their own failures, said to pass
WAIT = 300.0
BLOCKED_WAIT = 3600.0


class Platform(Struct, frozen=True):
    """Whom people know it as, and what they connect there."""

    name: str
    account: str


class Session:
    """One account's way to its platform. Not shared between threads."""

    def __init__(self, connection: Connection, http: Http, who: Platform) -> None:
        self._settings = connection.settings
        self._secrets = connection.secrets
        self._http = http
        self.who = who
        self.told: tuple[Observed, ...] = ()  # of our limits, by the last answer

    def read(self, path: str, shape: type[Shape], query: Query) -> Shape:
        """Ask and understand. Raises TroubleError."""
        answer = self.look(path, query)
        if answer.status != 200:
            raise trouble(answer, self.who)
        return lenient.understood(answer, shape, self.who.name)

    def look(self, path: str, query: Query) -> Answer:
        """Ask. Raises TroubleError where no answer comes."""
        try:
            return self.ask("GET", path, query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None

    def ask(self, verb: str, path: str, query: Query, json: Any = None) -> Answer:
        """One call. Raises NoAnswerError."""
        token, secret = self._secrets.get("access", ""), self._secrets.get("app_secret", "")
        proof: Query = {"appsecret_proof": proof_of(token, secret)} if secret else {}
        url = f"{service(self._settings)}/{path}"
        header = {"Authorization": f"Bearer {token}"}
        answer = self._http.call(verb, url, header=header, query=query | proof, json=json)
        self.told = observed(answer)
        return answer


def proof_of(token: str, secret: str) -> str:
    """That whoever calls has the app's secret too (Securing Graph API Requests)."""
    return hmac.digest(secret.encode(), token.encode(), "sha256").hex()


def service(settings: Mapping[str, str]) -> str:
    """The address of the API with its version."""
    typed = settings.get("service", "").rstrip("/") or API
    return typed if "://" in typed else f"https://{typed}"


def observed(answer: Answer) -> tuple[Observed, ...]:
    """The percentages in the headers; X-Page-Usage is the older name of the same limit."""
    told = rate_headers.usage(answer.header, clock.now())
    return tuple(replace(each, name="pages") if each.name == "page" else each for each in told)


def is_limited(answer: Answer) -> bool:
    """Whether a limit said no."""
    return answer.status == 429 or fault(answer).code in RATE


def wait(answer: Answer) -> float:
    """Seconds until we may come again, as the headers say it."""
    now = clock.now()
    after = rate_headers.retry_after(answer.header, now)
    if after is not None:
        return max(1.0, after)
    ends = [each.resets_at for each in rate_headers.usage(answer.header, now) if each.resets_at]
    left = (max(ends) - now).total_seconds() if ends else WAIT
    return min(max(1.0, left), rate_headers.LONGEST_WAIT)


def trouble(answer: Answer, who: Platform) -> TroubleError:
    """A refusal or a failure as trouble, with the time after which to ask again."""
    said, code = words(answer), fault(answer).code
    if is_limited(answer):
        return TroubleError(f"{who.name} asks us to wait: {said}", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError(f"{who.name} has moved. Correct its address.", after=WAIT)
    if code == BLOCKED:
        return TroubleError(f"{who.name} has blocked this for a time: {said}", after=BLOCKED_WAIT)
    if code in TOKEN or answer.status == 401:
        said = f"{who.name} lets us not in: {said} Connect the {who.account} again."
        return TroubleError(said, after=WAIT, permanent=True)
    if code in PERMISSION:
        remedy = f"Connect the {who.account} again and allow all of it."
        said = f"A permission is missing: {said} {remedy}"
        return TroubleError(said, after=WAIT, permanent=True)
    return TroubleError(f"{who.name} answered {answer.status}: {said}", after=30)


def is_gone(answer: Answer) -> bool:
    """Whether what was asked for is not there."""
    found = fault(answer)
    return answer.status in {400, 404} and (found.code, found.error_subcode) == GONE


def fault(answer: Answer) -> shapes.Fault:
    """The refusal in an answer; empty when there is none to read."""
    try:
        return lenient.decode(answer.body, shapes.Faulty).error
    except lenient.UnreadableError:
        return shapes.Fault()


def words(answer: Answer) -> str:
    """What the platform says, for people."""
    said = (fault(answer).message or f"status {answer.status}").strip()[:300]
    return said if said.endswith((".", "!", "?")) else said + "."
