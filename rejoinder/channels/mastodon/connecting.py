"""Connecting an account on its server's own page: the desk registers there, and comes back.

Each server is one of its own, so the desk introduces itself to each (docs.joinmastodon.org,
OAuth). PKCE is used where a server says that it knows it.
"""

from collections.abc import Mapping

import msgspec

from rejoinder.channels import lenient, oauth
from rejoinder.channels.contract import Authorization, Connection, Http, TroubleError
from rejoinder.channels.mastodon import shapes
from rejoinder.channels.mastodon.server import address, trouble, understood
from rejoinder.plumbing.answer import Answer, NoAnswerError

APPS, ASK, TOKEN = "/api/v1/apps", "/oauth/authorize", "/oauth/token"
METADATA = "/.well-known/oauth-authorization-server"
# What the desk does and no more; writing to accounts is the pin of a public answer.
SCOPES = "read:accounts read:notifications read:search read:statuses write:accounts write:statuses"
NAME = "Rejoinder"  # as people read it on their server's page


def begin(connection: Connection, http: Http, *, back: str, state: str) -> Authorization:
    """Introduce the desk to the server, and say where the person allows it. Raises TroubleError."""
    server = address(connection.settings["server"])
    said = {"client_name": NAME, "redirect_uris": back, "scopes": SCOPES}
    app = understood(_done(http, server + APPS, said), shapes.App)
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": back,
        "scope": SCOPES,
        "state": state,
    }
    kept = msgspec.to_builtins(app)
    if _knows_pkce(http, server):
        kept["verifier"] = oauth.verifier()
        asked["code_challenge"] = oauth.challenge(kept["verifier"])
        asked["code_challenge_method"] = "S256"
    return Authorization(url=oauth.address(server + ASK, asked), kept=kept)


def finish(
    connection: Connection,
    http: Http,
    *,
    back: str,
    kept: Mapping[str, str],
    query: Mapping[str, str],
) -> dict[str, str]:
    """The token that the code is good for. Raises TroubleError."""
    server = address(connection.settings["server"])
    given = {
        "grant_type": "authorization_code",
        "client_id": kept["client_id"],
        "client_secret": kept["client_secret"],
        "redirect_uri": back,
        "code": query.get("code", ""),
        "scope": SCOPES,
    }
    if verifier := kept.get("verifier"):
        given["code_verifier"] = verifier
    answer = _done(http, server + TOKEN, given)
    return {"token": understood(answer, shapes.Token).access_token}


def _done(http: Http, url: str, values: Mapping[str, str]) -> Answer:
    try:
        answer = http.call("POST", url, header=oauth.FORM, content=oauth.form(values))
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status != 200:
        raise trouble(answer)
    return answer


def _knows_pkce(http: Http, server: str) -> bool:
    try:
        answer = http.call("GET", server + METADATA)
        found = lenient.decode(answer.body, shapes.Metadata)
    except (NoAnswerError, lenient.UnreadableError):
        return False
    return answer.status == 200 and "S256" in found.code_challenge_methods_supported
