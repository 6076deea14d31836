"""The way to a site: its address as a program needs it, our password, its troubles in words."""

import base64
from functools import cached_property
from typing import Any, TypeVar

from rejoinder.channels import hypertext, lenient, rate_headers
from rejoinder.channels.contract import Connection, Http, TroubleError
from rejoinder.channels.wordpress import reading, shapes
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

ME = "/wp/v2/users/me"
SLOW_DOWN = 60.0  # seconds, where a site that asks us to wait does not say how long
_ENDINGS = ("/wp-admin", "/wp-json", "/wp-login.php", "/index.php", "/xmlrpc.php")
_MOVED = "The site has moved. Correct its address."

# What the names of refusals mean for whoever connected the account.
_REMEDIES = {
    "rest_not_logged_in": "The name or the application password is wrong, or did not arrive: some "
    "servers drop the header it travels in (Authorization).",
    "invalid_username": "Nobody has this user name there.",
    "invalid_email": "Nobody has this user name there.",
    "incorrect_password": "Make a new application password in WordPress under Users, Profile, and "
    "connect the account again.",
    "application_passwords_disabled": "Application passwords are switched off there; a plug-in "
    "or the site's configuration does that.",
    "application_passwords_disabled_for_user": "Application passwords are switched off for this "
    "user.",
    "rest_forbidden_context": "This user may not moderate comments. Make them an Editor.",
    "rest_no_route": "WordPress answers there, but not to programs: its REST API is switched off.",
}


class Site:
    """One account's way to its site."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self.address = address(connection.settings.get("url", ""))
        given = f"{connection.settings.get('user', '')}:{connection.secrets.get('password', '')}"
        self._key = base64.b64encode(given.encode("utf-8", "replace")).decode()
        self._known = connection.external_id
        self._http = http

    @cached_property
    def place(self) -> reading.Place:
        """The site's name for us and our number there, as they were when we connected."""
        where, found, us = self._known.rpartition("#user-")
        if not found:
            me = self.read(ME, shapes.Me, {"context": "edit", "_fields": "id,name,slug"})
            where, us = reading.site(self.address), str(me.id)
        return reading.Place(where, self.address, int(us))

    def read(self, route: str, shape: type[Shape], query: Query | None = None) -> Shape:
        """Ask and understand. Raises TroubleError."""
        answer = self.look(route, query)
        if answer.status != 200:
            raise trouble(answer)
        return understood(answer, shape)

    def look(self, route: str, query: Query | None = None) -> Answer:
        """Ask; whatever comes back. Raises TroubleError when nothing does."""
        try:
            return self.ask("GET", route, query=query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None

    def ask(self, verb: str, route: str, *, query: Query | None = None, json: Any = None) -> Answer:
        """One call. Raises NoAnswerError.

        The route travels as a parameter: that works whatever addresses the site gives its pages.
        """
        return self._http.call(
            verb,
            f"{self.address}/",
            header={"Authorization": f"Basic {self._key}"},
            query={"rest_route": route} | (query or {}),
            json=json,
        )


def address(typed: str) -> str:
    """The site's address: people leave the start away, or copy that of the page they are on."""
    typed = typed.strip().rstrip("/")
    for ending in _ENDINGS:
        typed = typed.partition(ending)[0]
    typed = typed.rstrip("/")
    return typed if "://" in typed else f"https://{typed}"


def understood(answer: Answer, shape: type[Shape]) -> Shape:
    """The body as a shape. Raises TroubleError."""
    return lenient.understood(answer, shape, "The site")


def trouble(answer: Answer) -> TroubleError:
    """A refusal or a failure as trouble, with what to do where that is known."""
    if answer.status == 429:
        return TroubleError("The site asks us to slow down.", after=wait(answer))
    if 300 <= answer.status < 400:
        return TroubleError(_MOVED, after=300)
    for_good = answer.status in {401, 403}
    after = 300 if for_good else 30
    said = f"The site answered {answer.status}: {words(answer)}"
    return TroubleError(f"{said} {remedy(answer)}".strip(), after=after, permanent=for_good)


def remedy(answer: Answer) -> str:
    """What to do about a refusal, where its name tells."""
    return _REMEDIES.get(fault(answer).code, "")


def fault(answer: Answer) -> shapes.Fault:
    """The refusal in an answer; empty when there is none to read."""
    try:
        return lenient.decode(answer.body, shapes.Fault)
    except lenient.UnreadableError:
        return shapes.Fault()


def words(answer: Answer) -> str:
    """What the site says, for people."""
    said = hypertext.words(fault(answer).message)[:300] or f"status {answer.status}"
    return said if said.endswith((".", "!", "?")) else said + "."


def wait(answer: Answer) -> float:
    """Seconds until we may come again."""
    after = rate_headers.retry_after(answer.header, clock.now())
    return SLOW_DOWN if after is None else max(1.0, after)
