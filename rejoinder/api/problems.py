"""What did not happen, as `application/problem+json` (RFC 9457): what, why, and what to do."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from rejoinder.answers import refusals as answers
from rejoinder.crisis import refusals as crisis
from rejoinder.desk import refusals as desk
from rejoinder.listening import correct, questions, safety
from rejoinder.outbox.actions import TooLateError
from rejoinder.outbox.pause import LookAgainError
from rejoinder.privacy.audience import NoListError
from rejoinder.privacy.incidents import refusals as incidents
from rejoinder.privacy.ledger.outside import NotAddedError
from rejoinder.privacy.retention import holds
from rejoinder.privacy.vault import NothingSealedError, NotOpenedError
from rejoinder.reporting.lines.read import BadLinesError
from rejoinder.team.access import NotAllowedError
from rejoinder.team.actions import CannotChangeTeamError
from rejoinder.team.notify.hooks import CannotCallError
from rejoinder.team.organisation import CannotChangeOrganisationError
from rejoinder.team.rota.actions import CannotChangeRotaError
from rejoinder.team.tokens import TooManyCallsError

# What the rooms refuse in their own words: 409, nothing changed.
REFUSALS: tuple[type[Exception], ...] = (
    desk.CannotError,
    answers.CannotError,
    crisis.CannotError,
    incidents.CannotError,
    questions.CannotError,
    correct.CannotError,
    safety.CannotError,
    holds.CannotError,
    TooLateError,
    LookAgainError,
    CannotChangeRotaError,
    CannotChangeTeamError,
    CannotChangeOrganisationError,
    CannotCallError,
    NotAddedError,
    BadLinesError,
    NoListError,
    NotOpenedError,
    NothingSealedError,
)
_KINDS: Mapping[type[Exception], tuple[int, str]] = {
    desk.AlreadyTakenError: (409, "taken"),
    desk.KeptBackError: (409, "kept-back"),
    desk.NotYoursError: (409, "not-yours"),
    desk.TooLongError: (422, "too-long"),
    desk.GuardedError: (422, "guarded"),
    TooLateError: (409, "too-late"),
}


class ProblemError(Exception):
    """An answer that says what is wrong with the request itself."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.kind = status, kind


def body(status: int, kind: str, detail: str, **more: Any) -> dict[str, Any]:
    """One problem; `type` is a name that stays, `detail` a sentence for people."""
    return {"type": f"urn:rejoinder:{kind}", "status": status, "detail": detail} | more


def refused(error: Exception) -> dict[str, Any]:
    """The problem of one of REFUSALS."""
    status, kind = _KINDS.get(type(error), (409, "refused"))
    return body(status, kind, str(error), **_more(error))


def answer(problem: Mapping[str, Any], header: Mapping[str, str] | None = None) -> HttpResponse:
    """As it goes over the wire."""
    return HttpResponse(
        json.dumps(problem),
        status=int(problem["status"]),
        content_type="application/problem+json",
        headers=dict(header or {}),
    )


def handle(api: NinjaAPI) -> None:
    """Every error of the API is said in one shape."""

    def say(kinds: Iterable[type[Exception]], make: Any) -> None:
        for each in kinds:
            api.add_exception_handler(each, make)

    say(REFUSALS, lambda request, error: answer(refused(error)))
    say([ProblemError], lambda request, e: answer(body(e.status, e.kind, str(e))))
    say([NotAllowedError], _not_allowed)
    say([Http404], lambda request, e: answer(body(404, "not-found", _("There is nothing here."))))
    say([AuthenticationError], _stranger)
    say([TooManyCallsError], _too_many)
    say([ValidationError], _not_understood)
    say([HttpError], lambda request, e: answer(body(e.status_code, "not-understood", str(e))))


def _more(error: Exception) -> dict[str, Any]:
    if isinstance(error, desk.TooLongError):
        return {"used": error.used, "allowed": error.allowed}
    if isinstance(error, desk.GuardedError):
        return {"findings": [str(each.kind.value) for each in error.findings]}
    return {}


def _not_allowed(request: HttpRequest, error: Exception) -> HttpResponse:
    words = _("The role of this colleague, or the token, does not include this.")
    return answer(body(403, "not-allowed", words))


def _stranger(request: HttpRequest, error: Exception) -> HttpResponse:
    words = _("Send a token that holds: Authorization: Bearer rejoinder_…")
    return answer(body(401, "no-token", words), {"WWW-Authenticate": "Bearer"})


def _too_many(request: HttpRequest, error: TooManyCallsError) -> HttpResponse:
    after = max(1, math.ceil(error.after.total_seconds()))
    return answer(body(429, "too-many", str(error)), {"Retry-After": str(after)})


def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Where and why, never what was sent: a log of the caller would keep it.
    fields = [{"where": list(e.get("loc", ())), "why": str(e.get("msg"))} for e in error.errors]
    words = _("Something in the request is missing or of the wrong kind.")
    return answer(body(422, "not-understood", words, fields=fields))
