"""What the desk asks to be allowed for an Instagram account, and which account it is."""

from collections.abc import Mapping

from rejoinder.channels.contract import Authorization, Connection, Finding, Http, TroubleError
from rejoinder.channels.graph import letting
from rejoinder.channels.graph.letting import Letting, wants_messages
from rejoinder.channels.graph.session import Platform
from rejoinder.channels.graph.shapes import Page

INSTAGRAM = Platform("Instagram", "account")
SCOPES = (
    "instagram_basic",
    "instagram_manage_comments",
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_metadata",
)
MESSAGES = ("instagram_manage_messages", "pages_messaging")
ACCOUNT = "instagram_business_account{id,username,name}"
# Of the Page: any of its fields lets what its Instagram account subscribed to in the app through.
HOOKS = "feed"


def begin(connection: Connection, *, back: str, state: str) -> Authorization | None:
    """Facebook's page; None where a token was filled in."""
    return letting.begin(connection, scopes(connection.settings), back=back, state=state)


def finish(
    connection: Connection, http: Http, *, back: str, query: Mapping[str, str]
) -> dict[str, str]:
    """The lasting token of the account's Page, and webhooks switched on. Raises TroubleError."""
    settings, let = connection.settings, Letting(connection, http, INSTAGRAM)
    pages = let.pages(back=back, query=query, fields=f"id,name,access_token,{ACCOUNT}")
    page = _chosen(pages, settings.get("account", "").strip().removeprefix("@"))
    return let.secrets(page, f"{HOOKS},messages" if wants_messages(settings) else HOOKS)


def findings(connection: Connection, http: Http) -> list[Finding]:
    """Whether the token is valid and allows what the desk does; read-only."""
    return letting.findings(connection, http, INSTAGRAM, scopes(connection.settings))


def scopes(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What the desk asks to be allowed."""
    return (*SCOPES, *MESSAGES) if wants_messages(settings) else SCOPES


def _chosen(pages: list[Page], wanted: str) -> Page:
    linked = [each for each in pages if each.instagram_business_account.id]
    found = [each for each in linked if not wanted or wanted in _called(each)]
    if len(found) == 1:
        return found[0]
    if not linked:
        words = (
            "None of the Pages that you allowed has an Instagram account. Make yours a "
            "professional one, link it to a Page, and allow the desk both."
        )
    else:
        names = ", ".join(each.instagram_business_account.username for each in linked[:10])
        words = f"Fill in which account is meant: {names}."
    raise TroubleError(words, permanent=True)


def _called(page: Page) -> set[str]:
    account = page.instagram_business_account
    return {account.id, account.username, page.id, page.name}
