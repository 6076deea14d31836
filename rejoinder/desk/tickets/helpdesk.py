"""The adapter for django-helpdesk: its REST API under `/api/`, as its own documentation has it."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.desk.tickets import read
from rejoinder.desk.tickets.contract import Found, LaterError, RefusedError, UnsureError
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.http import network

TIMEOUT = 10.0  # seconds
_MOMENTARY = {408, 425, 429, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Helpdesk:
    """One installation; `base` is where its pages begin, without a slash at the end.

    Signs in with a token of REST framework, or, with `user`, by name and password.
    """

    base: str
    queue: int
    token: str
    user: str = ""

    def test(self) -> None:
        """Whether tickets may be read there."""
        answer = self._ask("GET", "tickets/?page_size=1")
        self._require(answer, 200)
        try:
            read.page(answer.body)
        except read.UnreadableError:
            raise self._other() from None

    def create(self, title: str, text: str) -> Found:
        """A new ticket in the queue, with nobody's address: their people ask ours."""
        given = {"queue": self.queue, "title": title, "description": text, "priority": 3}
        try:
            answer = self._call("POST", "tickets/", given)
        except NoAnswerError as error:
            raise (UnsureError if error.may_have_arrived else LaterError)(error.words) from None
        if answer.status >= 500:
            raise UnsureError(self._said(answer))
        self._require(answer, 201)
        try:
            return read.ticket(answer.body, self.base)
        except read.UnreadableError:
            raise UnsureError(str(self._other())) from None

    def look(self, number: str) -> Found:
        """As it stands there."""
        answer = self._ask("GET", f"tickets/{number}/")
        if answer.status == 404:
            raise RefusedError(_("Ticket %(number)s is not there.") % {"number": number})
        self._require(answer, 200)
        try:
            return read.ticket(answer.body, self.base)
        except read.UnreadableError:
            raise self._other() from None

    def close(self, number: str, words: str) -> Found:
        """Closed there with a word that only its staff reads; what is closed stays as it is."""
        now = self.look(number)
        if now.closed:
            return now
        # A comment is rendered there as a template: what opens one is taken apart.
        comment = words.replace("{", "{ ").replace("%}", "% }")
        given = {"ticket": int(number), "comment": comment, "new_status": read.CLOSED}
        self._require(self._ask("POST", "followups/", given | {"public": False}), 201)
        return self.look(number)

    def _ask(self, method: str, path: str, json: Any = None) -> Answer:
        """A call that may be made twice."""
        try:
            return self._call(method, path, json)
        except NoAnswerError as error:
            raise LaterError(error.words) from None

    def _call(self, method: str, path: str, json: Any = None) -> Answer:
        header = {"Authorization": self._signs(), "Accept": "application/json"}
        url = f"{self.base}/api/{path}"
        return network().call(method, url, header=header, json=json, timeout=TIMEOUT)

    def _signs(self) -> str:
        if not self.user:
            return f"Token {self.token}"
        return f"Basic {b64encode(f'{self.user}:{self.token}'.encode()).decode()}"

    def _require(self, answer: Answer, status: int) -> None:
        if answer.status == status:
            return
        if answer.status >= 500 or answer.status in _MOMENTARY:
            raise LaterError(self._said(answer))
        if answer.status in {401, 403}:
            raise RefusedError(
                _(
                    "The ticket system does not accept the credentials (%(status)s). An owner "
                    "connects it again, with an account of its staff."
                )
                % {"status": answer.status}
            )
        raise RefusedError(self._said(answer))

    @staticmethod
    def _said(answer: Answer) -> str:
        values = {"status": answer.status, "why": read.why(answer.body)}
        if values["why"]:
            return _("The ticket system answered %(status)s: %(why)s") % values
        return _("The ticket system answered %(status)s.") % values

    @staticmethod
    def _other() -> RefusedError:
        return RefusedError(
            _("What answers at this address is no django-helpdesk with its API switched on.")
        )
