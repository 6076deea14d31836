"""Letting the desk in on Facebook's own page: a code, a lasting token, that of a Page.

https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from rejoinder.channels import lenient, oauth
from rejoinder.channels.contract import Authorization, Connection, Finding, Http, TroubleError
from rejoinder.channels.graph import session, shapes
from rejoinder.channels.graph.session import Platform, Query
from rejoinder.plumbing.answer import NoAnswerError

Shape = TypeVar("Shape")

PAGE = "https://www.facebook.com/v26.0/dialog/oauth"


def begin(
    connection: Connection, scopes: Iterable[str], *, back: str, state: str
) -> Authorization | None:
    """Facebook's page; None where a token was filled in."""
    if connection.secrets.get("access"):
        return None
    asked = {
        "response_type": "code",
        "client_id": connection.settings.get("app_id", ""),
        "redirect_uri": back,
        "scope": ",".join(scopes),
        "state": state,
    }
    service = session.service(connection.settings)
    page = PAGE if service == session.API else f"{service}/dialog/oauth"
    return Authorization(url=oauth.address(page, asked))


class Letting:
    """One person who lets the desk in. All of it raises TroubleError."""

    def __init__(self, connection: Connection, http: Http, who: Platform) -> None:
        self._settings = connection.settings
        self._secrets = connection.secrets
        self._http = http
        self._who = who

    def pages(self, *, back: str, query: Mapping[str, str], fields: str) -> list[shapes.Page]:
        """The Pages of whoever came back with a code, each with a token that lasts."""
        app = {
            "client_id": self._settings.get("app_id", ""),
            "client_secret": self._secrets.get("app_secret", ""),
        }
        path = "oauth/access_token"
        code: Query = {"redirect_uri": back, "code": query.get("code", ""), **app}
        short = self._asked("GET", path, code, shapes.Token).access_token
        longer: Query = {"grant_type": "fb_exchange_token", "fb_exchange_token": short, **app}
        lasting = self._asked("GET", path, longer, shapes.Token).access_token
        asked: Query = {"fields": fields, "limit": 100}
        return self._asked("GET", "me/accounts", asked, shapes.Pages, lasting).data

    def secrets(self, page: shapes.Page, hooks: str) -> dict[str, str]:
        """What is kept of this Page, and webhooks switched on for it."""
        told = self.about(page.access_token)
        path, fields = f"{page.id}/subscribed_apps", {"subscribed_fields": hooks}
        self._asked("POST", path, dict(fields), shapes.Done, page.access_token)
        end = told.expires_at or told.data_access_expires_at
        until = datetime.fromtimestamp(end, UTC).isoformat() if end else ""
        return {"access": page.access_token, "until": until}

    def about(self, token: str) -> shapes.About:
        """What is known of a token."""
        app = f"{self._settings.get('app_id', '')}|{self._secrets.get('app_secret', '')}"
        query: Query = {"input_token": token}
        return self._asked("GET", "debug_token", query, shapes.Debugged, app).data

    def _asked(  # one place for all calls of signing in
        self, verb: str, path: str, query: Query, shape: type[Shape], token: str = ""
    ) -> Shape:
        header = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{session.service(self._settings)}/{path}"
        try:
            answer = self._http.call(verb, url, header=header, query=query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if answer.status != 200:
            said = f"{self._who.name} did not let us in: {session.words(answer)} Start anew."
            raise TroubleError(said, permanent=answer.status < 500)
        return lenient.understood(answer, shape, self._who.name)


def findings(
    connection: Connection, http: Http, who: Platform, scopes: Iterable[str]
) -> list[Finding]:
    """Whether the token is valid and allows what the desk does; read-only."""
    try:
        told = Letting(connection, http, who).about(connection.secrets.get("access", ""))
    except TroubleError as trouble:
        remedy = "Compare the app ID and the app secret with those on developers.facebook.com."
        return [_finding("Token", trouble.words, remedy)]
    again = f"Connect the {who.account} again"
    if not told.is_valid:
        return [_finding("Token", f"{who.name} takes it no more.", f"{again}.")]
    lacking = [scope for scope in scopes if scope not in told.scopes]
    if lacking:
        remedy = f"{again}, and allow all that is asked."
        return [_finding("Permissions", f"Missing: {', '.join(lacking)}.", remedy)]
    return [Finding(what="Token", ok=True, words="valid, with all permissions")]


def wants_messages(settings: Mapping[str, str]) -> bool:
    """Whether messages are to be heard and answered."""
    return settings.get("messages", "").strip().lower() in {"yes", "ja", "1", "true"}


def _finding(what: str, words: str, remedy: str) -> Finding:
    return Finding(what=what, ok=False, words=words, remedy=remedy, serious=True)
