"""E-mail as a stage: a mailbox in memory, with people who write to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from itertools import count

from rejoinder.channels.contract import Identity, Sent
from rejoinder.channels.email import channel, email
from tests.channels.email.fake import US, Inbox, letter
from tests.contract.stage import Kept, Stage
from tests.scene import _NoHttp

_numbers = count(1)


class InMemory(channel):
    """The channel with its two servers in memory."""

    inbox: Inbox

    def identify(self) -> Identity:
        return Identity(external_id=US, handle=US)

    def opened(self) -> Inbox:  # type: ignore[override]  # it gives what a mailbox gives
        return self.inbox

    def deliver(self, message: EmailMessage, to: str) -> Sent:
        return self.inbox.take(message)


class EmailStage(Stage):
    """What holds for every mailbox, in memory or real."""

    repeatable = False
    over_http = False
    replies_changed = False
    longest = ("x" * email.LONGEST, "é" * email.LONGEST)
    too_long = ("x" * (email.LONGEST + 1), "é" * (email.LONGEST + 1))

    def message(self, who: str, text: str, reply_to: str | None) -> tuple[str, EmailMessage]:
        """What somebody writes, and the name that their program gives it."""
        own = f"{next(_numbers)}.{who}@example.com"
        return own, letter(text, who=who.title(), own=own, to=reply_to or "")

    def edits(self, post: str, text: str) -> None:
        raise NotImplementedError

    def deletes(self, post: str) -> None:
        raise NotImplementedError

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return True

    @staticmethod
    def kept(sent: list[EmailMessage], to: str) -> list[Kept]:
        """Those of our messages that answer one."""
        return [
            Kept(
                str(each["Message-ID"]).strip("<>"),
                said(each),
                to,
                str(each["References"]).split()[0].strip("<>"),
                pictures=tuple(
                    str(part["Content-Description"]) for part in each.iter_attachments()
                ),
            )
            for each in sent
            if str(each["In-Reply-To"]) == f"<{to}>"
        ]


def said(message: EmailMessage) -> str:
    """The words of a message, whatever else is in it."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n").removesuffix("\n")


class FakeStage(EmailStage):
    """One mailbox in memory."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        kind = type("Ours", (InMemory,), {"inbox": self.inbox})
        super().__init__(kind, _NoHttp(), {"address": US}, {"password": "-"})

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        own, message = self.message(who, text, reply_to)
        self.inbox.put(message.as_bytes())
        return own

    def ours(self, to: str) -> list[Kept]:
        return self.kept(self.inbox.sent, to)


class EmailEnd:
    """Mailboxes of their own for each test."""

    def stage(self) -> Stage:
        return FakeStage()


@contextmanager
def far_end() -> Iterator[EmailEnd]:
    """In memory."""
    yield EmailEnd()
