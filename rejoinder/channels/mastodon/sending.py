"""Posting a reply once, and finding out whether an earlier try arrived.

Mastodon keeps an Idempotency-Key for an hour; other servers look at none, so a reply in doubt is
looked for below the post that it answers, and among our own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from rejoinder.channels import hypertext, lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TryLater,
    Uncertain,
)
from rejoinder.channels.mastodon import counting, pictures, reading, shapes
from rejoinder.channels.mastodon.server import (
    MOVED,
    Server,
    observed,
    trouble,
    understood,
    wait,
    words,
)
from rejoinder.channels.underway import Underway
from rejoinder.plumbing.answer import Answer, NoAnswerError

STATUSES = "/api/v1/statuses"
PAGE = 40
SKEW = timedelta(minutes=5)  # between the server's clock and ours
DIRECT = "direct"


def send(server: Server, outgoing: Outgoing, key: str, films: Underway) -> Sent:
    """Reply under a key. Nothing that happens on the way is raised."""
    said, brought = body(outgoing), None
    if outgoing.pictures or outgoing.film:
        brought = pictures.bring(server, outgoing, films)
        if not isinstance(brought, list):
            return brought
        said["media_ids"] = brought
    sent = posted(server, "POST", STATUSES, said, key)
    if outgoing.film and not isinstance(sent, TryLater):
        films.forget(outgoing.film)
    if isinstance(sent, Receipt) and brought:
        sent = replace(sent, ref=sent.ref | {"media": said["media_ids"]})
    return sent


def body(outgoing: Outgoing) -> dict[str, Any]:
    """The reply as the server takes it: to whom, for whom, below which warning."""
    found: dict[str, Any] = {
        "status": counting.addressed(outgoing.text, outgoing.to_handle),
        "in_reply_to_id": str(outgoing.ref.get("id", "")),
        "visibility": visibility(outgoing),
    }
    if warning := outgoing.ref.get("warning"):
        found["spoiler_text"] = warning
    if outgoing.language:
        found["language"] = outgoing.language
    return found


def visibility(outgoing: Outgoing) -> str:
    """As open as what we answer and no more; what was for few eyes is answered to one person.

    A reply to somebody's followers would reach ours instead, and show them what was not for them.
    """
    theirs = str(outgoing.ref.get("visibility", ""))
    return theirs if theirs in reading.PUBLIC and not outgoing.private else DIRECT


def posted(server: Server, verb: str, path: str, said: dict[str, Any], key: str = "") -> Sent:
    """Say it, and understand what comes of it."""
    try:
        answer = server.ask(verb, path, json=said, key=key)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return replace(outcome(answer), observed=observed(answer))


def find(server: Server, us: str, outgoing: Outgoing) -> Receipt | None:
    """Our reply with these words, no older than it. Raises TroubleError."""
    wanted = body(outgoing)
    since = outgoing.created_at - SKEW
    for status in _candidates(server, us, wanted["in_reply_to_id"]):
        at = reading.moment(status.created_at) or datetime.max.replace(tzinfo=UTC)
        if at >= since and says(server, status, wanted["status"]):
            return receipt(status)
    return None


def says(server: Server, status: shapes.Status, text: str) -> bool:
    """Whether a post of ours has these words, as the server kept them or as it shows them."""
    answer = server.look(f"{STATUSES}/{status.id}/source")
    if answer.status == 200:
        return _bare(understood(answer, shapes.Source).text) == _bare(text)
    if answer.status in {404, 405, 410, 501}:
        return _shown(hypertext.words(status.content)) == _shown(text)
    raise trouble(answer)


def receipt(status: shapes.Status) -> Receipt:
    """What the desk remembers of a post of ours."""
    url = status.url or status.uri
    return Receipt(external_id=status.uri, url=url, ref={"id": status.id})


def _candidates(server: Server, us: str, to: str) -> Iterator[shapes.Status]:
    """Ours below a post, where private ones are listed too; else ours that answer it."""
    to = _number_now(server, to)
    answer = server.look(f"{STATUSES}/{to}/context")
    if answer.status == 200:
        below = understood(answer, shapes.Context).descendants
        yield from (each for each in below if each.account.id == us and each.in_reply_to_id == to)
    elif answer.status not in {404, 410}:
        raise trouble(answer)
    path = f"/api/v1/accounts/{us}/statuses"
    own = server.read(path, list[shapes.Status], {"limit": PAGE, "exclude_reblogs": "true"})
    yield from (each for each in own if each.in_reply_to_id == to)


def _number_now(server: Server, to: str) -> str:
    """The post's number on the server, which on some is another one after an edit."""
    answer = server.look(f"{STATUSES}/{to}")
    if answer.status == 200:
        return understood(answer, shapes.Status).id
    if answer.status in {404, 410}:
        return to
    raise trouble(answer)


def outcome(answer: Answer) -> Sent:
    """What an answer says became of what was asked."""
    status = answer.status
    if status == 200:
        return _receipt_if_whole(answer)
    if status == 429:
        return TryLater(wait(answer), words(answer), limited=True)
    if 300 <= status < 400:
        return TryLater(300, MOVED)
    if status in {401, 408}:  # the account is wrong, the reply is not
        return TryLater(60, words(answer))
    if 400 <= status < 500:
        return Refused(words(answer))
    return Uncertain(f"The server answered {status}: {words(answer)}")


def _receipt_if_whole(answer: Answer) -> Receipt | Uncertain:
    try:
        return receipt(lenient.decode(answer.body, shapes.Status))
    except lenient.UnreadableError:
        return Uncertain("The server answered something that cannot be read.")


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _shown(text: str) -> str:
    """Without what servers change in showing: spaces, and the hosts of those who are named."""
    return "".join(counting.unhosted(text).split())
