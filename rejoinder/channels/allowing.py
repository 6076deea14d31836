"""Connecting an account on the platform's own page: there, and back with its answer.

What was filled in waits in the browser's session, sealed and bound to the state that the platform
gives back: nobody else's answer connects anything, none twice, none after a quarter of an hour.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from rejoinder.channels import actions, registry
from rejoinder.channels.actions import Witness
from rejoinder.channels.contract import Http, TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import network
from rejoinder.plumbing.secrets import CannotUnsealError, seal, unseal

WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Pending:
    """Where to go, and what to keep in the session until they come back with this state."""

    url: str
    state: str
    sealed: str


def begin(
    name: str, values: Mapping[str, str], *, back: str, http: Http | None = None
) -> Pending | None:
    """Ask the channel where to go; None where what was filled in connects it.

    Raises TroubleError with the platform's words, registry.UnknownChannelError.
    """
    channel = registry.channel(name)
    connection = actions.filled_in(channel, values)
    state = secrets.token_urlsafe(32)
    found = channel.begin_authorization(connection, http or network(), back=back, state=state)
    if found is None:
        return None
    _require_web(found.url)
    kept = {
        "channel": name,
        "values": {**connection.settings, **connection.secrets},
        "kept": found.kept,
        "back": back,
        "until": (clock.now() + WAIT).isoformat(),
    }
    return Pending(found.url, state, base64.b64encode(seal(kept, _label(state))).decode())


def finish(
    name: str,
    sealed: str,
    query: Mapping[str, str],
    *,
    witness: Witness,
    http: Http | None = None,
) -> Account:
    """Connect with what they came back with. Raises TroubleError."""
    kept = _kept(name, sealed, query.get("state", ""))
    if "error" in query or "denied" in query:
        said = query.get("error_description") or query.get("error") or "It was not allowed there."
        raise TroubleError(said[:300], permanent=True)
    channel, http = registry.channel(name), http or network()
    connection = actions.filled_in(channel, kept["values"])
    got = channel.finish_authorization(
        connection, http, back=kept["back"], kept=kept["kept"], query=query
    )
    return actions.connect(name, kept["values"], witness=witness, http=http, more=got)


def _kept(name: str, sealed: str, state: str) -> dict[str, Any]:
    try:
        kept = unseal(base64.b64decode(sealed), _label(state))
    except (CannotUnsealError, ValueError):
        raise TroubleError(_START_ANEW, permanent=True) from None
    if kept["channel"] != name or datetime.fromisoformat(kept["until"]) < clock.now():
        raise TroubleError(_START_ANEW, permanent=True)
    return kept


def _require_web(url: str) -> None:
    """A platform's address must not be a script that runs in the desk's page."""
    if urlsplit(url).scheme not in {"https", "http"}:
        raise TroubleError("The platform named a page that is none.", permanent=True)


def _label(state: str) -> str:
    return f"connecting {state}"


_START_ANEW = "This answer belongs to no connecting that is under way here. Start anew."
