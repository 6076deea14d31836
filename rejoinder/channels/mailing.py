"""Handing an e-mail in, with the ends of the contract; shared by the channels that write e-mail."""

from email.message import EmailMessage

from rejoinder.channels.contract import Receipt, Refused, Sent, TryLater, Uncertain
from rejoinder.plumbing import smtp
from rejoinder.plumbing.answer import Answer, NoAnswerError

AGAIN = 60.0  # seconds until a server that cannot now is asked again; they slow down who presses
NOT_OPEN = 300.0  # seconds until one that does not let us in is asked again


def hand_in(server: smtp.Server, sender: str, to: str, message: EmailMessage) -> Sent:
    """Give it to the server once. The receipt's id is the Message-ID, which we chose."""
    try:
        answer = smtp.deliver(server, sender, to, message.as_bytes())
    except NoAnswerError as error:
        words = error.words
        return Uncertain(words) if error.may_have_arrived else TryLater(AGAIN, words)
    return outcome(answer, str(message["Message-ID"]))


def outcome(answer: Answer, message_id: str) -> Sent:
    """What a code means (RFC 5321, 4.2.1): 2yz taken, 4yz not now, 5yz never."""
    words = f"{answer.status} {answer.body.decode(errors='replace')}"[:500]
    if 200 <= answer.status < 300:
        return Receipt(external_id=message_id)
    if answer.header.get(smtp.STEP) == "open":
        return TryLater(NOT_OPEN, f"The mail server does not let us in: {words}")
    if 400 <= answer.status < 500:
        return TryLater(AGAIN, words)
    if 500 <= answer.status < 600:
        return Refused(words)
    return Uncertain(f"The mail server answered something that cannot be read: {words}")


def one_line(text: str) -> str:
    """Text that is safe in a header: what ends a line would begin another header."""
    return " ".join(text.split())
