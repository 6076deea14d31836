"""What the doctor asks an account on X; read-only."""

from collections.abc import Iterator

from rejoinder.channels.contract import Connection, Finding, TroubleError
from rejoinder.channels.x import shapes
from rejoinder.channels.x.session import Session, fault, understood, words
from rejoinder.plumbing.answer import Answer, NoAnswerError

RENEWABLE = "Connect again with a refresh token; the access token alone ends after two hours."
_PERMISSION = (
    "A permission is missing: set the app to read and write, add the scopes that the form names, "
    "and connect again: tokens keep the permissions they were made with."
)
# The status (0: any), what X says with it, what to do; the first that fits counts.
_REMEDIES = (
    (0, ("timestamp",), "The clock of this machine is wrong: let it follow a time server."),
    (
        401,
        ("",),
        "The keys are wrong or were withdrawn: make new ones on console.x.com, connect again.",
    ),
    (
        0,
        ("credit", "usage-capped", "spend"),
        "The purse on console.x.com is empty, or its cap is reached: fill it.",
    ),
    (
        0,
        ("not-enrolled", "access level", "tier"),
        "The contract of the app does not hold this: move the app into a project that pays.",
    ),
    (
        403,
        ("",),
        _PERMISSION,
    ),
    (429, ("",), "This limit is used up; wait a quarter of an hour."),
)


def check(session: Session, connection: Connection, label: str) -> list[Finding]:
    """Every finding; where X does not answer, that one alone."""
    what = f"{label} {connection.handle}".strip()
    try:
        answer = session.ask("GET", "/2/users/me")
    except TroubleError as trouble:
        return [_bad(what, trouble.words, "Connect the account again on the page Channels.")]
    except NoAnswerError as error:
        return [_bad(what, error.words, "Look whether this machine reaches X, then try again.")]
    if answer.status != 200:
        return [_refused(what, answer)]
    return [_answers(what, answer, connection), *_parts(session, connection, what)]


def _answers(what: str, answer: Answer, connection: Connection) -> Finding:
    try:
        us = understood(answer, shapes.Me).data
    except TroubleError as trouble:
        return _bad(what, trouble.words, "Try again later; if it stays, look at status.x.com.")
    if connection.external_id and us.id != connection.external_id:
        return _bad(
            what,
            f"the tokens belong to @{us.username}",
            "Connect again while signed in to X as the account that is meant.",
        )
    return Finding(what=what, ok=True, words="answers")


def _parts(session: Session, connection: Connection, what: str) -> Iterator[Finding]:
    filled = connection.secrets
    if filled.get("access") and not filled.get("refresh"):
        yield Finding(what=f"{what}: renewal", ok=False, words="no refresh token", remedy=RENEWABLE)
    if connection.settings.get("watch", ""):
        yield _search(session, what)
    yield _mentions(session, connection, what)


def _search(session: Session, what: str) -> Finding:
    query: dict[str, str | int | list[str]] = {"query": "x", "max_results": 10}
    return _asked(session, f"{what}: search", "/2/tweets/search/recent", query)


def _mentions(session: Session, connection: Connection, what: str) -> Finding:
    path = f"/2/users/{connection.external_id}/mentions"
    return _asked(session, f"{what}: mentions", path, {"max_results": 5})


def _asked(
    session: Session, what: str, path: str, query: dict[str, str | int | list[str]]
) -> Finding:
    try:
        answer = session.ask("GET", path, query=query)
    except (TroubleError, NoAnswerError) as trouble:
        return _bad(what, trouble.words, "Try again in a while.")
    if answer.status != 200:
        return _refused(what, answer)
    left, cap = (answer.header.get(f"x-rate-limit-{part}", "") for part in ("remaining", "limit"))
    room = f"; {left} of {cap} calls left in these 15 minutes" if left and cap else ""
    return Finding(what=what, ok=True, words=f"allowed{room}")


def _refused(what: str, answer: Answer) -> Finding:
    return _bad(what, f"X answered {answer.status}: {words(answer)}", _remedy(answer))


def _remedy(answer: Answer) -> str:
    """What to do about a refusal, by what X says beside its number."""
    said = f"{words(answer)} {fault(answer).type} {fault(answer).title}".lower()
    for status, signs, remedy in _REMEDIES:
        if status in {0, answer.status} and any(sign in said for sign in signs):
            return remedy
    return "Try again later; if it stays, look at status.x.com."


def _bad(what: str, words: str, remedy: str) -> Finding:
    return Finding(what=what, ok=False, words=words, remedy=remedy, serious=True)
