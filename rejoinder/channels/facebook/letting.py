"""Letting the desk in on Facebook's own page: a code, a lasting token, the Page's own.

https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

from rejoinder.channels import lenient, oauth
from rejoinder.channels.contract import Authorization, Connection, Finding, Http, TroubleError
from rejoinder.channels.facebook import session, shapes
from rejoinder.channels.facebook.session import Query
from rejoinder.plumbing.answer import NoAnswerError

Shape = TypeVar("Shape")

PAGE = "https://www.facebook.com/v26.0/dialog/oauth"
SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_metadata",
)
MESSAGES = "pages_messaging"
FIELDS = "feed,mention"


def begin(connection: Connection, *, back: str, state: str) -> Authorization | None:
    """Facebook's page; None where a Page token was filled in."""
    if connection.secrets.get("access"):
        return None
    asked = {
        "response_type": "code",
        "client_id": connection.settings.get("app_id", ""),
        "redirect_uri": back,
        "scope": ",".join(scopes(connection.settings)),
        "state": state,
    }
    service = session.service(connection.settings)
    page = PAGE if service == session.API else f"{service}/dialog/oauth"
    return Authorization(url=oauth.address(page, asked))


def finish(
    connection: Connection, http: Http, *, back: str, query: Mapping[str, str]
) -> dict[str, str]:
    """The token of the Page, which lasts, and webhooks switched on for it. Raises TroubleError."""
    settings = connection.settings
    app = {
        "client_id": settings.get("app_id", ""),
        "client_secret": connection.secrets.get("app_secret", ""),
    }
    path = "oauth/access_token"
    code: Query = {"redirect_uri": back, "code": query.get("code", ""), **app}
    short = _asked(settings, http, "GET", path, code, shapes.Token).access_token
    longer: Query = {"grant_type": "fb_exchange_token", "fb_exchange_token": short, **app}
    lasting = _asked(settings, http, "GET", path, longer, shapes.Token).access_token
    fields: Query = {"fields": "id,name,access_token", "limit": 100}
    path = "me/accounts"
    pages = _asked(settings, http, "GET", path, fields, shapes.Pages, lasting).data
    page = _chosen(pages, settings.get("page", "").strip())
    told = about(settings, connection.secrets, http, page.access_token)
    wanted = f"{FIELDS},messages" if wants_messages(settings) else FIELDS
    path, hooks = f"{page.id}/subscribed_apps", {"subscribed_fields": wanted}
    _asked(settings, http, "POST", path, dict(hooks), shapes.Done, page.access_token)
    end = told.expires_at or told.data_access_expires_at
    until = datetime.fromtimestamp(end, UTC).isoformat() if end else ""
    return {"access": page.access_token, "until": until}


def about(
    settings: Mapping[str, str], secrets: Mapping[str, str], http: Http, token: str
) -> shapes.About:
    """What Facebook knows of a token. Raises TroubleError."""
    app = f"{settings.get('app_id', '')}|{secrets.get('app_secret', '')}"
    query: Query = {"input_token": token}
    return _asked(settings, http, "GET", "debug_token", query, shapes.Debugged, app).data


def findings(connection: Connection, http: Http) -> list[Finding]:
    """Whether the token is valid and allows what the desk does; read-only."""
    token = connection.secrets.get("access", "")
    try:
        told = about(connection.settings, connection.secrets, http, token)
    except TroubleError as trouble:
        remedy = "Compare the app ID and the app secret with those on developers.facebook.com."
        return [_finding("Token", trouble.words, remedy)]
    if not told.is_valid:
        return [_finding("Token", "Facebook takes it no more.", "Connect the Page again.")]
    lacking = [scope for scope in scopes(connection.settings) if scope not in told.scopes]
    if lacking:
        remedy = "Connect the Page again, and allow all that is asked."
        return [_finding("Permissions", f"Missing: {', '.join(lacking)}.", remedy)]
    return [Finding(what="Token", ok=True, words="valid, with all permissions")]


def scopes(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What the desk asks to be allowed."""
    return (*SCOPES, MESSAGES) if wants_messages(settings) else SCOPES


def wants_messages(settings: Mapping[str, str]) -> bool:
    """Whether messages are to be heard and answered."""
    return settings.get("messages", "").strip().lower() in {"yes", "ja", "1", "true"}


def _chosen(pages: list[shapes.Page], wanted: str) -> shapes.Page:
    found = [each for each in pages if not wanted or wanted in {each.id, each.name}]
    if len(found) == 1:
        return found[0]
    if not pages:
        words = "Facebook named no Page. Allow the desk one of them, as a person with tasks on it."
    else:
        names = ", ".join(f"{each.name} ({each.id})" for each in pages[:10])
        words = f"Fill in which Page is meant: {names}."
    raise TroubleError(words, permanent=True)


def _asked(  # noqa: PLR0917  # one place for all calls of signing in
    settings: Mapping[str, str],
    http: Http,
    verb: str,
    path: str,
    query: Query,
    shape: type[Shape],
    token: str = "",
) -> Shape:
    header = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{session.service(settings)}/{path}"
    try:
        answer = http.call(verb, url, header=header, query=query)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if answer.status != 200:
        said = f"Facebook did not let us in: {session.words(answer)} Start anew."
        raise TroubleError(said, permanent=answer.status < 500)
    return lenient.understood(answer, shape, "Facebook")


def _finding(what: str, words: str, remedy: str) -> Finding:
    return Finding(what=what, ok=False, words=words, remedy=remedy, serious=True)
