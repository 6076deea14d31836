"""Letting the desk in on X's own page: OAuth 2.0 with PKCE.

https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
"""

from collections.abc import Mapping

from rejoinder.channels import oauth
from rejoinder.channels.contract import Authorization, Connection, Http, TroubleError
from rejoinder.channels.x import session, shapes
from rejoinder.plumbing.answer import NoAnswerError

PAGE = "https://x.com/i/oauth2/authorize"
SCOPES = "tweet.read tweet.write users.read media.write offline.access"
MESSAGES = "dm.read dm.write"


def begin(connection: Connection, *, back: str, state: str) -> Authorization | None:
    """X's page; None where tokens or the keys of OAuth 1.0a were filled in."""
    client = connection.settings.get("client_id", "")
    if connection.secrets.get("access") or connection.secrets.get("token"):
        return None
    if not client:
        raise TroubleError(
            "Fill in the client ID of your app, or the four keys of OAuth 1.0a.", permanent=True
        )
    verifier = oauth.verifier()
    asked = {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": back,
        "scope": scopes(connection),
        "state": state,
        "code_challenge": oauth.challenge(verifier),
        "code_challenge_method": "S256",
    }
    return Authorization(url=oauth.address(_page(connection), asked), kept={"verifier": verifier})


def finish(
    connection: Connection,
    http: Http,
    *,
    back: str,
    kept: Mapping[str, str],
    query: Mapping[str, str],
) -> dict[str, str]:
    """The tokens that the code is good for. Raises TroubleError."""
    form = {
        "grant_type": "authorization_code",
        "code": query.get("code", ""),
        "redirect_uri": back,
        "code_verifier": kept.get("verifier", ""),
    }
    try:
        answer = session.exchanged(connection.settings, connection.secrets, http, form)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status != 200:
        raise TroubleError(f"X did not let us in: {session.words(answer)}", permanent=True)
    tokens = session.understood(answer, shapes.Tokens)
    return {"access": tokens.access_token, "refresh": tokens.refresh_token}


def scopes(connection: Connection) -> str:
    """What the desk asks to be allowed."""
    wanted = wants_messages(connection.settings)
    return f"{SCOPES} {MESSAGES}" if wanted else SCOPES


def wants_messages(settings: Mapping[str, str]) -> bool:
    """Whether direct messages are to be heard and answered."""
    return settings.get("messages", "").strip().lower() in {"yes", "ja", "1", "true"}


def _page(connection: Connection) -> str:
    service = session.service(connection.settings)
    return PAGE if service == session.API else f"{service}/i/oauth2/authorize"
