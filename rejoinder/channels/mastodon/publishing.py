"""Publishing a post, keeping it at the top of the profile and up to date in its place."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from rejoinder.channels.contract import (
    Publication,
    Receipt,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.mastodon import reading, sending, shapes
from rejoinder.channels.mastodon.sending import PAGE, SKEW, STATUSES
from rejoinder.channels.mastodon.server import Query, Server, trouble, understood, words
from rejoinder.plumbing.answer import NoAnswerError


def publish(server: Server, us: str, publication: Publication, key: str) -> Sent:
    """Post it, or write anew what stands, then pin it. Nothing that happens on the way is raised.

    Servers that keep no keys would post it twice: so it is looked for first.
    """
    try:
        made = _stands(server, us, publication)
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    outcome = sending.receipt(made) if made else _said(server, publication, key)
    if publication.pin and isinstance(outcome, Receipt) and not (made and made.pinned):
        return _pinned(server, outcome)
    return outcome


def find(server: Server, us: str, publication: Publication) -> Receipt | None:
    """The post that says this, pinned if it should be. Raises TroubleError."""
    found = _stands(server, us, publication)
    if found is None or (publication.pin and not found.pinned):
        return None
    return sending.receipt(found)


def text(publication: Publication) -> str:
    """The words, and the way to the whole answer below them."""
    return f"{publication.text}\n\n{publication.url}".strip()


def _said(server: Server, publication: Publication, key: str) -> Sent:
    said: dict[str, Any] = {"status": text(publication)}
    if publication.language:
        said["language"] = publication.language
    if number := _number(publication):
        return sending.posted(server, "PUT", f"{STATUSES}/{number}", said)
    return sending.posted(server, "POST", STATUSES, said | {"visibility": "public"}, key)


def _stands(server: Server, us: str, publication: Publication) -> shapes.Status | None:
    """What says this already: the post that was made before, or one made since."""
    if number := _number(publication):
        answer = server.look(f"{STATUSES}/{number}")
        if answer.status in {404, 410}:
            return None
        if answer.status != 200:
            raise trouble(answer)
        stands = [understood(answer, shapes.Status)]
    else:
        stands = _own(server, us, publication.created_at - SKEW)
    wanted = text(publication)
    return next((each for each in stands if sending.says(server, each, wanted)), None)


def _own(server: Server, us: str, since: datetime) -> list[shapes.Status]:
    path = f"/api/v1/accounts/{us}/statuses"
    query: Query = {"limit": PAGE, "exclude_reblogs": "true", "exclude_replies": "true"}
    found = server.read(path, list[shapes.Status], query)
    latest = datetime.max.replace(tzinfo=UTC)
    return [
        each
        for each in found
        if not each.in_reply_to_id and (reading.moment(each.created_at) or latest) >= since
    ]


def _pinned(server: Server, receipt: Receipt) -> Sent:
    try:
        answer = server.ask("POST", f"{STATUSES}/{receipt.ref['id']}/pin")
    except NoAnswerError as error:
        return Uncertain(f"It is out; whether it is pinned is not known: {error.words}")
    if answer.status == 200:
        return receipt
    said = f"It is out and not pinned: {words(answer)}"
    if 400 <= answer.status < 500 and answer.status not in {401, 408, 429}:
        return replace(receipt, words=said)
    return Uncertain(said)


def _number(publication: Publication) -> str:
    return str(publication.ref.get("id", "")) if publication.external_id else ""
