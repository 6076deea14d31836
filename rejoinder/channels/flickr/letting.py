"""Letting the desk in on Flickr's own page: OAuth 1.0a (RFC 5849, section 2).

https://www.flickr.com/services/api/auth.oauth.html
"""

from collections.abc import Mapping
from urllib.parse import parse_qs

from rejoinder.channels import oauth, oauth1
from rejoinder.channels.contract import Authorization, Connection, Http, TroubleError
from rejoinder.channels.flickr import session
from rejoinder.plumbing.answer import NoAnswerError


def begin(connection: Connection, http: Http, *, back: str, state: str) -> Authorization | None:
    """Flickr's page; None where a token was filled in. Raises TroubleError."""
    if connection.secrets.get("token"):
        return None
    # Flickr passes no state on, so it belongs into the address to come back to.
    more = {"oauth_callback": oauth.address(back, {"state": state})}
    key = session.keys(connection.settings, connection.secrets)
    found = _asked(connection, http, "request_token", key, more)
    if found.get("oauth_callback_confirmed") != "true":
        raise TroubleError("Flickr does not take the address to come back to.", permanent=True)
    page = f"{_site(connection)}/services/oauth/authorize"
    asked = {"oauth_token": found.get("oauth_token", ""), "perms": "write"}
    return Authorization(
        url=oauth.address(page, asked), kept={"secret": found.get("oauth_token_secret", "")}
    )


def finish(
    connection: Connection, http: Http, *, kept: Mapping[str, str], query: Mapping[str, str]
) -> dict[str, str]:
    """The account's token. Raises TroubleError."""
    app = session.keys(connection.settings, connection.secrets)
    token = query.get("oauth_token", "")
    key = oauth1.Keys(app.consumer, app.consumer_secret, token, kept.get("secret", ""))
    more = {"oauth_verifier": query.get("oauth_verifier", "")}
    found = _asked(connection, http, "access_token", key, more)
    return {"token": found["oauth_token"], "token_secret": found["oauth_token_secret"]}


def _asked(
    connection: Connection, http: Http, what: str, key: oauth1.Keys, more: Mapping[str, str]
) -> dict[str, str]:
    url = f"{_site(connection)}/services/oauth/{what}"
    header = {"Authorization": session.signed(key, "GET", url, {}, more)}
    try:
        answer = http.call("GET", url, header=header)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    found = parse_qs(answer.body.decode("utf-8", "replace"), max_num_fields=50)
    said = {name: values[0] for name, values in found.items()}
    if answer.status != 200 or "oauth_token" not in said or "oauth_token_secret" not in said:
        why = said.get("oauth_problem", f"status {answer.status}")
        raise TroubleError(f"Flickr did not let us in: {why[:200]}.", permanent=True)
    return said


def _site(connection: Connection) -> str:
    return session.service(connection.settings, session.SITE)
