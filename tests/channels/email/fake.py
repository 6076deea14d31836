"""A mailbox and a mail server in memory, and the people who write to it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count

from rejoinder.channels.contract import Receipt, Sent
from rejoinder.channels.email import reading
from rejoinder.channels.email.mailbox import Stand

US = "help@northwind.example"


class Inbox:
    """What `Mailbox` gives, from a list of messages; sent ones are kept beside it."""

    def __init__(self) -> None:
        self.messages: dict[int, bytes] = {}
        self.sent: list[EmailMessage] = []
        self.validity = 1
        self._numbers = count(1)

    def put(self, raw: bytes) -> int:
        number = next(self._numbers)
        self.messages[number] = raw
        return number

    def stand(self) -> Stand:
        return Stand(self.validity, max(self.messages, default=0) + 1)

    def sizes(self, after: int, most: int) -> list[tuple[int, int]]:
        found = [(number, len(raw)) for number, raw in self.messages.items() if number > after]
        return found[:most]

    def fetch(self, number: int, most: int) -> bytes:
        return self.messages[number][:most]

    def wait(self, seconds: float) -> None:
        """Nothing comes while nobody writes."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self, message: EmailMessage) -> Sent:
        """As a server takes it: written out, and read again by whoever it is for."""
        read = message_from_bytes(message.as_bytes(), policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.sent.append(read)
        return Receipt(str(read["Message-ID"]))


def letter(
    text: str, *, who: str = "Tom", own: str = "", to: str = "", root: str = "", **more: str
) -> EmailMessage:
    """What somebody's program writes."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"{who} <{who.lower()}@example.com>"
    message["To"] = US
    if own:
        message["Message-ID"] = f"<{own}>"
    message["Date"] = "Mon, 02 Mar 2026 08:59:00 +0000"
    if to:
        message["In-Reply-To"] = f"<{to}>"
        message["References"] = f"<{root or to}> <{to}>" if root else f"<{to}>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> reading.Letter:
    """As the desk reads it."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return reading.letter(raw, US)
