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
from rejoinder.channels.facebook import listening, reading, shapes
from rejoinder.channels.graph import sending as graph
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.session import Platform, Query, Session
from rejoinder.channels.graph.shapes import Delivered, Fault, Made
from rejoinder.plumbing.answer import Answer, NoAnswerError

FACEBOOK = Platform("Facebook", "Page")
SLACK = timedelta(minutes=2)  # between Facebook's clock and ours
PAGES = 10
REPLIED = {10_900: "Facebook takes one private reply to a comment, and it had one."}
REPLIED |= dict.fromkeys((10_902, 10_903), "Facebook takes no private reply to this.")
LATE_COMMENT = (
    "Facebook takes a private reply within 7 days of the comment. Answer below it, "
    "and ask them to write to the Page."
)
LATE_MESSAGE = (
    "Facebook takes messages for 24 hours after the person last wrote. Wait until they write."
)


def send(way: Session, us: str, outgoing: Outgoing) -> Sent:
    """A comment below theirs, or a message. Raises nothing."""
    body: dict[str, Any] = {"message": outgoing.text}
    path = f"{outgoing.ref.get('id', outgoing.to)}/comments"
    if outgoing.private:
        if graph.is_late(outgoing):
            return Refused(LATE_COMMENT)
        path = f"{us}/messages"
        body = {"recipient": _recipient(outgoing), "message": {"text": outgoing.text}}
        body["messaging_type"] = "RESPONSE"
    try:
        answer = way.ask("POST", path, {}, json=body)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return replace(_outcome(answer, outgoing), observed=way.told)


def find(way: Session, us: str, outgoing: Outgoing) -> Receipt | None:
    """Our reply with these words to this person. Raises TroubleError."""
    if outgoing.private:
        return _find_message(way, us, outgoing)
    query: Query = {"fields": listening.COMMENT, "filter": "stream", "limit": 100}
    query["order"] = "reverse_chronological"
    top = str(outgoing.ref.get("top", outgoing.root))
    for _ in range(PAGES):
        page = way.read(f"{top}/comments", shapes.Comments, query)
        for said in page.data:
            if _is_it(said, us, outgoing):
                return _receipt(said.id, outgoing)
        if not page.paging.next:
            return None
        query["after"] = page.paging.cursors.after
    raise TroubleError("The thread has more replies than the desk reads. Look there.", after=300)


def _find_message(way: Session, us: str, outgoing: Outgoing) -> Receipt | None:
    query: Query = {"platform": "messenger", "fields": listening.TALK, "limit": listening.TALKS}
    to = {str(outgoing.ref.get("with", "")), str(outgoing.ref.get("from", ""))} - {""}
    for talk in way.read(f"{us}/conversations", shapes.Conversations, query).data:
        if to.isdisjoint(person.id for person in talk.participants.data):
            continue
        for said in talk.messages.data if talk.messages else ():
            if _is_it(said, us, outgoing):
                return _message_receipt(said.id)
    return None


def _is_it(said: shapes.Comment | shapes.Message, us: str, outgoing: Outgoing) -> bool:
    at = moment(said.created_time)
    late = at is not None and at >= outgoing.created_at - SLACK
    return said.from_.id == us and late and said.message.split() == outgoing.text.split()


def _recipient(outgoing: Outgoing) -> dict[str, str]:
    if "with" in outgoing.ref:
        return {"id": str(outgoing.ref["with"])}
    kind = "post_id" if outgoing.ref.get("post") else "comment_id"
    return {kind: str(outgoing.ref.get("id", outgoing.to))}


def _outcome(answer: Answer, outgoing: Outgoing) -> Sent:
    """What became of what was written."""
    if answer.status != 200:
        return refusal(answer)
    try:
        if outgoing.private:
            made = lenient.decode(answer.body, Delivered)
            return _message_receipt(made.message_id)
        return _receipt(lenient.decode(answer.body, Made).id, outgoing)
    except lenient.UnreadableError:
        return Uncertain("Facebook answered something that cannot be read.")


def refusal(answer: Answer) -> Sent:
    """What an answer that is no success means for what was sent."""
    return graph.refusal(answer, FACEBOOK, words_for)


def words_for(found: Fault) -> str:
    """What a refusal of a message means, where its own words do not say what to do."""
    if found.error_subcode == graph.WINDOW:
        return LATE_MESSAGE
    return REPLIED.get(found.code, "")


def _receipt(number: str, outgoing: Outgoing) -> Receipt:
    top = str(outgoing.ref.get("top", outgoing.root))
    return Receipt(number, reading.address(number), {"id": number, "top": top})


def _message_receipt(number: str) -> Receipt:
    return Receipt(number, f"{reading.SITE}/messages")
