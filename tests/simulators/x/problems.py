"""How X says no: problem details (RFC 9457) with the types that its documentation lists."""

from typing import Any

from starlette.responses import JSONResponse

TYPES = "https://api.x.com/2/problems/"
NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to."
)
DOUBLE = "You are not allowed to create a Tweet with duplicate content."


class ProblemError(Exception):
    """A refusal on its way out."""

    def __init__(self, status: int, title: str, detail: str, kind: str = "about:blank") -> None:
        super().__init__(detail)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: dict[str, Any] = {
            "title": title,
            "detail": detail,
            "type": kind if ":" in kind else TYPES + kind,
            "status": status,
        }

    def answer(self) -> JSONResponse:
        return JSONResponse(
            self.body, self.status, self.headers, media_type="application/problem+json"
        )


def unauthorized() -> ProblemError:
    return ProblemError(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> ProblemError:
    return ProblemError(403, "Forbidden", detail)


def unscoped(scope: str) -> ProblemError:
    return forbidden(f"Your token does not have the required scope {scope}.")


def invalid(detail: str) -> ProblemError:
    return ProblemError(400, "Invalid Request", detail, "invalid-request")


def wrong_kind_of_sign_in(kind: str) -> ProblemError:
    detail = f"Authenticating with {kind} is forbidden for this endpoint."
    return ProblemError(403, "Unsupported Authentication", detail, "unsupported-authentication")


def no_credits() -> ProblemError:
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return ProblemError(402, "CreditsDepleted", detail, "credits")


def too_many() -> ProblemError:
    return ProblemError(429, "Too Many Requests", "Too Many Requests")


def connected_already() -> ProblemError:
    detail = "This stream is currently at the maximum allowed connection limit."
    return ProblemError(429, "ConnectionException", detail, "streaming-connection")


def missing(kind: str, number: str, parameter: str) -> dict[str, str]:
    """One post of several that is not there."""
    return {
        "value": number,
        "detail": f"Could not find {kind} with {parameter}: [{number}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": number,
        "type": f"{TYPES}resource-not-found",
    }
