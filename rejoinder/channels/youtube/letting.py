"""Letting the desk in on Google's own page: OAuth 2.0 with PKCE.

https://developers.google.com/youtube/v3/guides/auth/server-side-web-apps
"""

from collections.abc import Mapping

from rejoinder.channels import oauth
from rejoinder.channels.contract import Authorization, Connection, Http, TroubleError
from rejoinder.channels.youtube import session

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"


def begin(connection: Connection, *, back: str, state: str) -> Authorization | None:
    """Google's page; None where tokens were filled in."""
    if connection.secrets.get("access"):
        return None
    verifier = oauth.verifier()
    asked = {
        "response_type": "code",
        "client_id": connection.settings.get("client_id", ""),
        "redirect_uri": back,
        "scope": SCOPE,
        "state": state,
        "access_type": "offline",  # else the way in ends within the hour
        "prompt": "consent",
        "code_challenge": oauth.challenge(verifier),
        "code_challenge_method": "S256",
    }
    service = session.service(connection.settings)
    page = session.PAGE if service == session.API else f"{service}/o/oauth2/v2/auth"
    return Authorization(url=oauth.address(page, asked), kept={"verifier": verifier})


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
    tokens = session.exchanged(connection.settings, connection.secrets, http, form)
    if not tokens.refresh_token:
        raise TroubleError("Google gave no lasting way in. Start anew.", permanent=True)
    return {"access": tokens.access_token, "refresh": tokens.refresh_token}
