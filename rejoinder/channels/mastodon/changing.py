"""Changing a reply of ours in its place, and taking it back."""

from typing import Any

from msgspec.structs import replace

from rejoinder.channels.contract import Receipt, Refused, Sent, Standing, TryLater, Uncertain
from rejoinder.channels.mastodon import sending
from rejoinder.channels.mastodon.sending import STATUSES
from rejoinder.channels.mastodon.server import Server
from rejoinder.plumbing.answer import NoAnswerError

UNKNOWN = "The desk does not know the number of this reply on the server. Change it there."


def edit(server: Server, standing: Standing) -> Sent:
    """By PUT, below the warning that it stands below. Raises nothing."""
    number = _number(standing)
    if not number:
        return Refused(UNKNOWN)
    whole = sending.body(standing.reply)
    said: dict[str, Any] = {
        name: whole[name] for name in ("status", "spoiler_text", "language") if name in whole
    }
    if standing.ref.get("media"):  # what is not named again is taken from the post
        said["media_ids"] = standing.ref["media"]
    sent = sending.posted(server, "PUT", f"{STATUSES}/{number}", said)
    return replace(sent, ref=standing.ref | sent.ref) if isinstance(sent, Receipt) else sent


def delete(server: Server, standing: Standing) -> Sent:
    """By DELETE. Raises nothing."""
    number = _number(standing)
    if not number:
        return Refused(UNKNOWN)
    try:
        answer = server.ask("DELETE", f"{STATUSES}/{number}")
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status in {200, 404, 410}:
        return Receipt(standing.external_id, ref=standing.ref)
    # What the headers tell is of the limit on deletions, which no reply takes of.
    return sending.outcome(answer)


def _number(standing: Standing) -> str:
    return str(standing.ref.get("id", ""))
