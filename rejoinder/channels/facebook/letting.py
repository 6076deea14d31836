"""What the desk asks to be allowed for a Page, and which Page it is."""

from collections.abc import Mapping

from rejoinder.channels.contract import Authorization, Connection, Finding, Http, TroubleError
from rejoinder.channels.facebook.sending import FACEBOOK
from rejoinder.channels.graph import letting
from rejoinder.channels.graph.letting import Letting, wants_messages
from rejoinder.channels.graph.shapes import Page

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
    return letting.begin(connection, scopes(connection.settings), back=back, state=state)


def finish(
    connection: Connection, http: Http, *, back: str, query: Mapping[str, str]
) -> dict[str, str]:
    """The token of the Page, which lasts, and webhooks switched on for it. Raises TroubleError."""
    settings, let = connection.settings, Letting(connection, http, FACEBOOK)
    pages = let.pages(back=back, query=query, fields="id,name,access_token")
    page = _chosen(pages, settings.get("page", "").strip())
    return let.secrets(page, f"{FIELDS},messages" if wants_messages(settings) else FIELDS)


def findings(connection: Connection, http: Http) -> list[Finding]:
    """Whether the token is valid and allows what the desk does; read-only."""
    return letting.findings(connection, http, FACEBOOK, scopes(connection.settings))


def scopes(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What the desk asks to be allowed."""
    return (*SCOPES, MESSAGES) if wants_messages(settings) else SCOPES


def _chosen(pages: list[Page], wanted: str) -> Page:
    found = [each for each in pages if not wanted or wanted in {each.id, each.name}]
    if len(found) == 1:
        return found[0]
    if not pages:
        words = "Facebook named no Page. Allow the desk one of them, as a person with tasks on it."
    else:
        names = ", ".join(f"{each.name} ({each.id})" for each in pages[:10])
        words = f"Fill in which Page is meant: {names}."
    raise TroubleError(words, permanent=True)
