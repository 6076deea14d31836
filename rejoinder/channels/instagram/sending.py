"""Answering once below a comment or for its author alone, and finding that again in doubt."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from rejoinder.channels import lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.graph import sending as graph
from rejoinder.channels.graph import session
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.session import Query, Session
from rejoinder.channels.graph.shapes import Delivered, Fault, Made
from rejoinder.channels.instagram import shapes
from rejoinder.channels.instagram.asking import COMMENT
from rejoinder.channels.instagram.letting import INSTAGRAM
from rejoinder.channels.instagram.listening import TALK
from rejoinder.channels.instagram.reading import INBOX, SITE, Us
from rejoinder.plumbing.answer import Answer, NoAnswerError

SLACK = timedelta(minutes=2)  # between Instagram's clock and ours
PAGES = 100
WINDOWS = {graph.WINDOW, 2_534_022}  # subcodes of a message after the 24 hours
REPLIED = {10_900: "Instagram takes one private reply to a comment, and it had one."}
REPLIED |= dict.fromkeys((10_902, 10_903), "Instagram takes no private reply to this.")
LATE_COMMENT = (
    "Instagram takes a private reply within 7 days of the comment. Answer below it, "
    "and ask them to write to the account."
)
LATE_MESSAGE = (
    "Instagram takes messages for 24 hours after the person last wrote. Wait until they write."
)
NO_MESSAGES = (
    "This account is connected without messages. Connect it again with yes at Messages, "
    "or answer in public."
)
ELSEWHERE = (
    "Instagram takes private replies to comments below our own posts alone. Answer in public, "
    "and ask them to write to the account."
)
TAGGED = (
    "Instagram lets nobody comment by program on a picture that only tags us. Answer on its page."
)
LIVE = (
    "Instagram takes no public answers to comments on a live video. Answer in private while "
    "it is live."
)


def send(way: Session, us: Us, outgoing: Outgoing, *, messages: bool) -> Sent:
    """A reply below theirs, or a message. Raises nothing."""
    if words := _is_closed(outgoing, messages=messages):
        return Refused(words)
    path, body = _private(outgoing) if outgoing.private else _public(us, outgoing)
    try:
        answer = way.ask("POST", path, {}, json=body)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return replace(_outcome(answer, outgoing), observed=way.told)


def find(way: Session, us: Us, outgoing: Outgoing) -> Receipt | None:
    """Our reply with these words to this person. Raises TroubleError."""
    if outgoing.private:
        return _find_message(way, us, outgoing)
    if _is_elsewhere(outgoing):
        words = "Instagram shows programs no replies below others' posts. Look there."
        raise TroubleError(words, after=300)
    query: Query = {"fields": COMMENT, "limit": 50}
    top = str(outgoing.ref.get("top", outgoing.root))
    for _ in range(PAGES):
        page = way.read(f"{top}/replies", shapes.Comments, query)
        for said in page.data:
            ours = said.user.id == us.id or us.wrote(said.from_, said.username)
            if ours and _is_it(said.text, said.timestamp, outgoing):
                return _receipt(said.id, outgoing)
        if not page.paging.next:
            return None
        query["after"] = page.paging.cursors.after
    raise TroubleError("The thread has more replies than the desk reads. Look there.", after=300)


def refusal(answer: Answer) -> Sent:
    """What an answer that is no success means for what was sent."""
    return graph.refusal(answer, INSTAGRAM, words_for)


def words_for(found: Fault) -> str:
    """What a refusal of a message means, where its own words do not say what to do."""
    return LATE_MESSAGE if found.error_subcode in WINDOWS else REPLIED.get(found.code, "")


def _is_closed(outgoing: Outgoing, *, messages: bool) -> str:
    """Why there is no way for this reply; empty where there is one."""
    ref = outgoing.ref
    if not outgoing.private:
        return TAGGED if ref.get("tag") else LIVE if ref.get("live") else ""
    if not messages:
        return NO_MESSAGES
    if _is_elsewhere(outgoing):
        return ELSEWHERE
    return LATE_COMMENT if graph.is_late(outgoing) else ""


def _is_elsewhere(outgoing: Outgoing) -> bool:
    return not {"mention", "caption", "tag"}.isdisjoint(outgoing.ref)


def _private(outgoing: Outgoing) -> tuple[str, dict[str, Any]]:
    to = {"comment_id": str(outgoing.ref.get("id", outgoing.to))}
    if "with" in outgoing.ref:
        to = {"id": str(outgoing.ref["with"])}
    return "me/messages", {"recipient": to, "message": {"text": outgoing.text}}


def _public(us: Us, outgoing: Outgoing) -> tuple[str, dict[str, Any]]:
    """Below our own media each comment takes replies; elsewhere what names us does."""
    number = str(outgoing.ref.get("id", outgoing.to))
    body = {"message": outgoing.text}
    if outgoing.ref.get("caption"):
        return f"{us.id}/mentions", {"media_id": number, **body}
    if media := outgoing.ref.get("mention"):
        return f"{us.id}/mentions", {"media_id": str(media), "comment_id": number, **body}
    return f"{number}/replies", body


def _find_message(way: Session, us: Us, outgoing: Outgoing) -> Receipt | None:
    to = str(outgoing.ref.get("with") or outgoing.ref.get("from") or "")
    if not to:
        words = "Instagram does not tell who wrote this. Look into the account's messages."
        raise TroubleError(words, after=300)
    query: Query = {"platform": "instagram", "user_id": to, "fields": TALK}
    for talk in way.read("me/conversations", shapes.Talks, query).data:
        for said in talk.messages.data if talk.messages else ():
            if us.wrote(said.from_) and _is_it(said.message, said.created_time, outgoing):
                return Receipt(said.id, INBOX)
    return None


def _is_it(text: str, written: str, outgoing: Outgoing) -> bool:
    at = moment(written)
    late = at is not None and at >= outgoing.created_at - SLACK
    return late and text.split() == outgoing.text.split()


def _outcome(answer: Answer, outgoing: Outgoing) -> Sent:
    """What became of what was written."""
    if answer.status != 200:
        if not outgoing.private and session.is_gone(answer):
            return Refused("The comment is gone, or its author may not be answered.")
        return refusal(answer)
    try:
        if outgoing.private:
            return Receipt(lenient.decode(answer.body, Delivered).message_id, INBOX)
        return _receipt(lenient.decode(answer.body, Made).id, outgoing)
    except lenient.UnreadableError:
        return Uncertain("Instagram answered something that cannot be read.")


def _receipt(number: str, outgoing: Outgoing) -> Receipt:
    top = str(outgoing.ref.get("top", outgoing.root))
    ref: dict[str, Any] = {"id": number, "top": top}
    return Receipt(number, SITE, {**ref, "elsewhere": True} if _is_elsewhere(outgoing) else ref)
