"""Private messages: heard from their log, answered in their conversation (lexicon chat.bsky.convo).

They are kept by a service of their own. The account's server hands each call on to it, and signs
for us, where the app password allows that.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, field

from rejoinder.channels import lenient
from rejoinder.channels.bluesky import reading, shapes, writing
from rejoinder.channels.bluesky.session import Session, fault, understood, wait, words
from rejoinder.channels.contract import (
    Outgoing,
    Post,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")

SERVICE = "did:web:api.bsky.chat#bsky_chat"
PAGE = "https://bsky.app/messages"
LOG, CONVO, CONVOS = (f"chat.bsky.convo.{name}" for name in ("getLog", "getConvo", "listConvos"))
MESSAGES, WITH = "chat.bsky.convo.getMessages", "chat.bsky.convo.getConvoForMembers"
ACCEPT, SEND = "chat.bsky.convo.acceptConvo", "chat.bsky.convo.sendMessage"

PAGES = 5  # of the log, in one listening
STRANGERS = 20  # conversations asked for who is in them, in one listening
SLACK = 120  # seconds between the service's clock and ours


class Log(Struct):
    """What the log brought, and the version of the newest entry, where it goes on."""

    posts: list[Post] = field(default_factory=list)
    rev: str = ""
    more: bool = False


def start(session: Session) -> str:
    """Where the log begins for us: behind everything that stands there. Raises TroubleError."""
    log = _ask(session, LOG, shapes.Log)
    newest = _ask(session, CONVOS, shapes.Convos, {"limit": 1}).convos
    return max([log.cursor, *(line.rev for line in log.logs), *(convo.rev for convo in newest)])


def read(session: Session, us: str, rev: str) -> Log:
    """What was written and taken back since. Raises TroubleError."""
    found, people = Log(rev=rev), dict[str, shapes.Author]()
    for page in range(PAGES):
        log = _ask(session, LOG, shapes.Log, {"cursor": found.rev} if found.rev else {})
        lines = [line for line in log.logs if line.rev > found.rev]
        if not lines:
            return found
        _meet(session, lines, people)
        found.posts += _posts(lines, us, people)
        found.rev = max(line.rev for line in lines)
        found.more = page == PAGES - 1
    return found


def send(session: Session, us: shapes.Session, outgoing: Outgoing) -> Sent:
    """Write it into the conversation, or begin one with whoever posted. Raises nothing."""
    try:
        convo = _convo(session, outgoing)
        if isinstance(convo, Refused):
            return convo
        record = writing.message(outgoing, lambda handle: None)
        answer = _sent(session, convo, record)
        if fault(answer).error == "ReplyTargetNotFound":  # they took it back meanwhile
            record.pop("replyTo", None)
            answer = _sent(session, convo, record)
    except TroubleError as trouble:  # before anything was written
        return TryLater(trouble.after, trouble.words)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return _outcome(answer, convo)


def find(session: Session, us: shapes.Session, outgoing: Outgoing) -> Receipt | None:
    """What we wrote with these words since. Raises TroubleError when that cannot be told."""
    convo = _convo(session, outgoing)
    if isinstance(convo, Refused):
        return None
    found = _ask(session, MESSAGES, shapes.Messages, {"convoId": convo, "limit": 100})
    for message in found.messages:
        sent = reading.moment(message.sent_at)
        late = sent is None or (outgoing.created_at - sent).total_seconds() > SLACK
        other = message.reply_to.id not in {"", outgoing.ref.get("message", "")}
        if message.sender.did == us.did and message.text == outgoing.text and not (late or other):
            return _receipt(message, convo)
    return None


def _ask(
    session: Session, method: str, shape: type[Shape], query: dict[str, Any] | None = None
) -> Shape:
    return session.read(method, shape, query, through=SERVICE)


def _meet(
    session: Session, lines: Collection[shapes.LogLine], people: dict[str, shapes.Author]
) -> None:
    """Who wrote: as the log shows them, else as their conversation does."""
    for line in lines:
        people |= {each.did: each for each in line.related_profiles}
    unknown = {
        line.convo_id for line in lines if line.written and line.message.sender.did not in people
    }
    for convo in sorted(unknown)[:STRANGERS]:
        try:
            members = _ask(session, CONVO, shapes.ConvoFound, {"convoId": convo}).convo.members
        except TroubleError:
            continue  # their words matter more than their name
        people |= {each.did: each for each in members}


def _posts(
    lines: Iterable[shapes.LogLine], us: str, people: Mapping[str, shapes.Author]
) -> list[Post]:
    found = []
    for line in lines:
        if line.written and line.message.text:  # without, it was taken back meanwhile
            found.append(_post(line, us, people))
        elif line.gone:
            found.append(Post(external_id=_id(line.convo_id, line.message.id), kind="delete"))
    return found


def _post(line: shapes.LogLine, us: str, people: Mapping[str, shapes.Author]) -> Post:
    message, convo = line.message, line.convo_id
    author = people.get(message.sender.did) or shapes.Author(message.sender.did)
    above = message.reply_to.id
    return Post(
        external_id=_id(convo, message.id),
        author_id=author.did,
        handle=author.handle,
        name=author.display_name,
        text=message.text,
        created_at=reading.moment(message.sent_at),
        in_reply_to=_id(convo, above) if above else None,
        root=f"chat:{convo}",
        public=False,
        ours=author.did == us,
        url=f"{PAGE}/{convo}",
        ref={"convo": convo, "message": message.id},
    )


def _convo(session: Session, outgoing: Outgoing) -> str | Refused:
    """The conversation it goes to. Raises TroubleError."""
    if known := str(outgoing.ref.get("convo", "")):
        return known
    query: dict[str, Any] = {"members": [reading.author(outgoing.to)]}
    try:
        answer = session.ask("GET", WITH, query=query, through=SERVICE)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=10) from None
    if 400 <= answer.status < 500 and answer.status not in {401, 404, 408, 429}:
        return Refused(words(answer))  # they take no messages, or none of ours
    return understood(answer, shapes.ConvoFound).convo.id


def _sent(session: Session, convo: str, message: dict[str, Any]) -> Answer:
    # Who writes first asks to be let in; answering them is letting them in. Done twice it is once.
    session.ask("POST", ACCEPT, json={"convoId": convo}, through=SERVICE)
    given = {"convoId": convo, "message": message}
    return session.ask("POST", SEND, json=given, through=SERVICE)


def _outcome(answer: Answer, convo: str) -> Sent:
    status = answer.status
    if status == 200:
        try:
            return _receipt(lenient.decode(answer.body, shapes.Message), convo)
        except lenient.UnreadableError:
            return Uncertain("Bluesky answered something that cannot be read.")
    if status == 429:
        return TryLater(wait(answer), words(answer), limited=True)
    if status in {401, 404, 408, 501}:  # the account or the address is wrong, the message is not
        return TryLater(60, words(answer))
    if 400 <= status < 500:
        return Refused(words(answer))
    return Uncertain(f"Bluesky answered {status}: {words(answer)}")


def _receipt(message: shapes.Message, convo: str) -> Receipt:
    ref = {"convo": convo, "message": message.id}
    return Receipt(external_id=_id(convo, message.id), url=f"{PAGE}/{convo}", ref=ref)


def _id(convo: str, message: str) -> str:
    return f"chat:{convo}/{message}"
