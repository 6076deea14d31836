"""Posting a reply once, and finding it on our own timeline when nobody knows whether it arrived."""

import unicodedata
from datetime import timedelta
from typing import Any

import regex
from msgspec.structs import replace

from rejoinder.channels import lenient, rate_headers
from rejoinder.channels.contract import (
    Observed,
    Outgoing,
    Receipt,
    Refused,
    Sent,
    Standing,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.underway import Underway
from rejoinder.channels.x import asking, films, pictures, reading, shapes
from rejoinder.channels.x.reading import Us
from rejoinder.channels.x.session import PREFIXES, Session, wait, words
from rejoinder.plumbing.answer import Answer, NoAnswerError

POST = "/2/tweets"
MESSAGE = "/2/dm_conversations/with/{}/messages"
SLACK = timedelta(minutes=2)  # between X's clock and ours
_HANDLES = regex.compile(r"^(?:\s*[@＠][A-Za-z0-9_]{1,20})+\s+")
_NAMES = {"x-rate-limit-": "quarter", "x-user-limit-24hour-": "day", "x-app-limit-24hour-": "app"}


def send(session: Session, us: Us, outgoing: Outgoing, brought_before: Underway) -> Sent:
    """Post it, or write a message. Nothing that happens on the way is raised."""
    body: dict[str, Any] = {"text": outgoing.text}
    if outgoing.private:
        path = MESSAGE.format(outgoing.ref.get("with", ""))
    else:
        path = POST
        body["reply"] = {"in_reply_to_tweet_id": outgoing.ref.get("id", outgoing.to)}
    if outgoing.pictures or outgoing.film:
        brought = (
            films.bring(session, outgoing.film, brought_before)
            if outgoing.film
            else pictures.bring(session, outgoing.pictures)
        )
        if not isinstance(brought, list):
            return brought
        body["media"] = {"media_ids": brought}
    try:
        answer = session.ask("POST", path, json=body)
    except TroubleError as trouble:  # before anything was posted
        return TryLater(trouble.after, trouble.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    outcome = _outcome(answer, us, private=outgoing.private)
    if outgoing.film and not isinstance(outcome, TryLater):
        brought_before.forget(outgoing.film)
    if _is_double(answer):
        outcome = _said_before(session, us, outgoing, outcome)
    told = () if outgoing.private else observed(answer)
    return replace(outcome, observed=told)


def delete(session: Session, standing: Standing) -> Sent:
    """Take a post of ours back. Raises nothing."""
    number = str(standing.ref.get("id", standing.external_id))
    if not number.isdecimal():
        return Refused("X lets programs take posts back, and no messages. Delete it there.")
    try:
        answer = session.ask("DELETE", f"{POST}/{number}")
    except TroubleError as trouble:  # before anything was asked
        return TryLater(trouble.after, trouble.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status == 200:
        return _gone_if_whole(answer, standing)
    if _is_not_there(session, number, answer):
        return Receipt(standing.external_id, ref=standing.ref)
    return _trouble(answer)


def find(session: Session, us: Us, outgoing: Outgoing) -> Receipt | None:
    """What we said with these words, on our own timeline. Raises TroubleError."""
    if outgoing.private:
        return _find_message(session, us, outgoing)
    since = reading.number_at(outgoing.created_at - SLACK)
    query: dict[str, Any] = {"max_results": 100, "since_id": since} | asking.TIMELINE
    page = session.read(f"/2/users/{us.id}/tweets", shapes.Page, query)
    to = {outgoing.to, outgoing.ref.get("id", outgoing.to)}
    for post in reading.posts(page, us):
        if post.in_reply_to in to and same(post.text, outgoing.text):
            return _receipt(post.external_id, us)
    return None


def _find_message(session: Session, us: Us, outgoing: Outgoing) -> Receipt | None:
    query: dict[str, Any] = {"max_results": 100} | asking.MESSAGES
    page = session.read("/2/dm_events", shapes.Events, query)
    for event in page.data:
        post = reading.message(event, {}, us)
        late = post.created_at is None or post.created_at < outgoing.created_at - SLACK
        if post.ours and not late and _is_with(event, outgoing) and post.text == outgoing.text:
            return _message_receipt(event.id)
    return None


def _is_with(event: shapes.Event, outgoing: Outgoing) -> bool:
    return str(outgoing.ref.get("with", "")) in event.dm_conversation_id.split("-")


def same(one: str, other: str) -> bool:
    """Whether two texts are one: X puts the names of those who are answered before it."""
    return _bare(one) == _bare(other)


def observed(answer: Answer) -> tuple[Observed, ...]:
    """What the answer tells of our limits, of the quarter of an hour and of the day."""
    told = (
        rate_headers.classic(answer.header, prefix, name=_NAMES[prefix], window=window)
        for prefix, window in PREFIXES.items()
    )
    return tuple(each for found in told for each in found)


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _HANDLES.sub("", text)).split())


def _is_double(answer: Answer) -> bool:
    return answer.status == 403 and "duplicate" in words(answer).lower()


def _said_before(session: Session, us: Us, outgoing: Outgoing, outcome: Sent) -> Sent:
    """X takes no words twice: an earlier try may have arrived."""
    try:
        return find(session, us, outgoing) or outcome
    except TroubleError:
        return Uncertain("X says that it has these words already.")


def _gone_if_whole(answer: Answer, standing: Standing) -> Receipt | Uncertain:
    try:
        deleted = lenient.decode(answer.body, shapes.Deleted).data.deleted
    except lenient.UnreadableError:
        deleted = False
    if deleted:
        return Receipt(standing.external_id, ref=standing.ref)
    return Uncertain("X answered something that cannot be read.")


def _is_not_there(session: Session, number: str, answer: Answer) -> bool:
    """X says of a post that is gone that we may not delete it: so it is looked at."""
    if answer.status not in {403, 404}:
        return False
    try:
        found = session.read("/2/tweets", shapes.Page, {"ids": number})
    except TroubleError:
        return False
    return not any(post.id == number for post in found.data)


def _outcome(answer: Answer, us: Us, *, private: bool) -> Sent:
    if answer.status in {200, 201}:
        return _receipt_if_whole(answer, us, private=private)
    return _trouble(answer)


def _trouble(answer: Answer) -> Sent:
    status = answer.status
    if status == 429:
        return TryLater(wait(answer), words(answer), limited=True)
    if 300 <= status < 400:
        return TryLater(300, "X has moved. Correct its address.")
    if status in {401, 402, 404, 408}:  # the account, its purse or the address, not the reply
        return TryLater(300 if status == 402 else 60, words(answer))
    if 400 <= status < 500:
        return Refused(words(answer))
    return Uncertain(f"X answered {status}: {words(answer)}")


def _receipt_if_whole(answer: Answer, us: Us, *, private: bool) -> Receipt | Uncertain:
    try:
        if private:
            sent = lenient.decode(answer.body, shapes.Messaged)
            return _message_receipt(sent.data.dm_event_id)
        return _receipt(lenient.decode(answer.body, shapes.Posted).data.id, us)
    except lenient.UnreadableError:
        return Uncertain("X answered something that cannot be read.")


def _receipt(number: str, us: Us) -> Receipt:
    return Receipt(number, reading.address(us.handle, number), {"id": number})


def _message_receipt(number: str) -> Receipt:
    return Receipt(f"dm:{number}", reading.MESSAGES)
