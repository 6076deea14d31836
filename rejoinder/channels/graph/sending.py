"""What the end of a call that posts or changes means, and the windows of messages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from rejoinder.channels import lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TryLater,
    Uncertain,
)
from rejoinder.channels.graph import reading, session
from rejoinder.channels.graph.session import Platform, Session
from rejoinder.channels.graph.shapes import Done, Fault
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

WINDOW = 2_018_278  # the subcode of a message after the 24 hours (Messenger Platform)
PRIVATE_REPLY = timedelta(days=7)  # after a comment (Messenger Platform, Private Replies)
Words = Callable[[Fault], str]


def refusal(answer: Answer, who: Platform, words_for: Words) -> Sent:
    """What an answer that is no success means for what was sent.

    `words_for` says what a refusal means where its own words do not say what to do.
    """
    found, said = session.fault(answer), session.trouble(answer, who)
    if session.is_limited(answer):
        return TryLater(session.wait(answer), said.words, limited=True)
    if words := words_for(found):
        return Refused(f"{words} {session.words(answer)}")
    failed = answer.status >= 500 or answer.status < 300
    if failed or found.code in session.FAILED or found.is_transient:
        return Uncertain(said.words)
    waits = {*session.TOKEN, *session.PERMISSION, session.BLOCKED}
    if answer.status < 400 or answer.status in {401, 408} or found.code in waits:
        return TryLater(said.after, said.words)  # the account, not the reply
    return Refused(session.words(answer))


def changed(  # noqa: PLR0917  # one place for all that is changed
    way: Session, verb: str, number: str, receipt: Receipt, words_for: Words, json: Any = None
) -> Sent:
    """Change what stands, or take it back: then gone already is what was wanted. Raises nothing."""
    try:
        answer = way.ask(verb, number, {}, json=json)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if answer.status == 200:
        return _done(answer, receipt, way.who)
    if verb == "DELETE" and session.is_gone(answer):
        return receipt
    return refusal(answer, way.who, words_for)


def is_late(outgoing: Outgoing) -> bool:
    """Whether a comment is too old for a private reply."""
    at = reading.moment(str(outgoing.ref.get("at", "")))
    return "with" not in outgoing.ref and at is not None and clock.now() - at > PRIVATE_REPLY


def _done(answer: Answer, receipt: Receipt, who: Platform) -> Sent:
    try:
        if lenient.decode(answer.body, Done).success:
            return receipt
        return Refused(f"{who.name} did not do it, and says no more.")
    except lenient.UnreadableError:
        return Uncertain(f"{who.name} answered something that cannot be read.")
