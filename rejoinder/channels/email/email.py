"""E-mail on the contract."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any, ClassVar

from msgspec.structs import replace

from rejoinder.channels import mailing
from rejoinder.channels.contract import (
    Can,
    Channel,
    Count,
    Field,
    Heard,
    Identity,
    Limit,
    Outgoing,
    Post,
    Receipt,
    Refused,
    Returned,
    Sent,
    TroubleError,
    TryLater,
)
from rejoinder.channels.email import reading, writing
from rejoinder.channels.email.mailbox import Mailbox, Stand, place
from rejoinder.plumbing import secrets, smtp
from rejoinder.plumbing.addresses import looked_at
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.config import config

LONGEST = 100_000  # code points of a reply
AT_ONCE = 50  # messages in one listening

# Signing in anew every few seconds is what servers call an attack: connections outlive a listening.
_open: dict[tuple[str, str], Mailbox] = {}


class Email(Channel):
    """One address of ours. What stands in its inbox is heard, and stays there unread."""

    name = "email"
    label = "E-mail"
    glyph = "M2.5 4h11v8.5h-11zM2.5 4.5l5.5 4.5 5.5-4.5"
    can = Can(private=True, media_in=True, pictures=4, private_pictures=4)
    form = (
        Field(name="address", label="E-mail address", help="The one that people write to."),
        Field(name="imap", label="IMAP server", help="Such as imap.example.com, or with a port."),
        Field(
            name="smtp",
            label="SMTP server",
            help="Such as smtps://smtp.example.com, or smtp://smtp.example.com:587.",
        ),
        Field(name="user", label="User name", help="Empty for the address.", required=False),
        Field(name="password", label="Password", secret=True),
    )
    poll: ClassVar[float] = 2.0
    told_names: ClassVar[bool] = True
    contact: ClassVar[str] = "email"
    patience: ClassVar[float] = 10.0  # seconds that one listening waits for news

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Providers publish few, and differ: one a second, and 500 a day, are where most begin."""
        return (
            Limit(name="minute", cap=60, window=60, published=False),
            Limit(name="day", cap=500, window=86_400, published=False),
        )

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """The Message-ID, whose right side names this desk and nobody's machine."""
        desk = secrets.blind(config().base_url, "message id")[:12]
        return f"{super().new_key(created_at, number)}@{desk}.rejoinder.invalid"

    def identify(self) -> Identity:
        """The address, once both servers let us in."""
        mailbox = self.opened()
        mailbox.stand()
        self.close()
        try:
            smtp.look(self._smtp())
        except NoAnswerError as error:
            raise TroubleError(error.words, after=60) from None
        return Identity(external_id=self.address.casefold(), handle=self.address)

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """What came to the inbox since; waits a while for news where the server tells them."""
        try:
            mailbox = self.opened()
            stand = mailbox.stand()
            after = _after(cursor, stand)
            if after is None:
                return Heard([], _cursor(stand, stand.next - 1))
            if stand.next <= after + 1:
                mailbox.wait(self.patience)
            return self._heard(mailbox, stand, after)
        except TroubleError:
            self.close()
            raise

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """One e-mail to who wrote, in their thread."""
        if not self.count(outgoing.text).ok:
            return Refused(f"A reply has {LONGEST:,} characters at most.")
        if not outgoing.contact:
            return Refused("Nobody's address came with this message: there is nowhere to answer.")
        try:
            message = writing.reply(outgoing, key, self.address)
        except writing.UnfitError as error:
            return Refused(str(error))
        sent = self.deliver(message, outgoing.contact)
        if isinstance(sent, Receipt):
            return Receipt(external_id=key, ref={"references": [outgoing.to, key]})
        return sent

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """An e-mail that left is seen by nobody but its reader."""
        return None

    @property
    def address(self) -> str:
        """Ours."""
        return self.connection.settings.get("address", "")

    def opened(self) -> Mailbox:
        """The connection to the inbox, kept between listenings. Raises TroubleError."""
        known = self._known()
        if known not in _open:
            filled = self.connection.settings
            typed = filled.get("imap", "")
            where = place(typed, self._user(), self._password(), open_text=_trusted(typed))
            _open[known] = Mailbox(where, lambda host, port: looked_at(host, port, _private()))
        return _open[known]

    def close(self) -> None:
        """Let go of it; the next listening opens it anew."""
        mailbox = _open.pop(self._known(), None)
        if mailbox is not None:
            mailbox.close()

    def deliver(self, message: EmailMessage, to: str) -> Sent:
        """Hand it in."""
        try:
            server = self._smtp()
        except NoAnswerError as error:
            return TryLater(mailing.AGAIN, error.words)
        return mailing.hand_in(server, self.address, to, message)

    def _heard(self, mailbox: Mailbox, stand: Stand, after: int) -> Heard:
        posts: list[Post] = []
        returned: list[Returned] = []
        sizes = mailbox.sizes(after, AT_ONCE)
        for number, size in sizes:
            after = number
            raw = mailbox.fetch(number, reading.LARGEST)
            found = reading.letter(raw, self.address, cut=size > reading.LARGEST)
            if found.returned:
                returned.append(Returned(found.returned, found.words))
            elif raw and found.post is not None:
                posts.append(self._named(found.post, found.sender))
        more = len(sizes) == AT_ONCE
        return Heard(posts, _cursor(stand, after), more=more, returned=tuple(returned))

    def _named(self, post: Post, sender: str) -> Post:
        """Who wrote, by a name that tells nobody their address."""
        if post.ours:
            us = self.connection.external_id
            return replace(post, author_id=us, handle=self.address, contacts=())
        who = secrets.blind(sender.casefold(), "email") if sender else ""
        return replace(post, author_id=who, handle=who[:14])

    def _smtp(self) -> smtp.Server:
        typed = self.connection.settings.get("smtp", "")
        server = smtp.server(typed if "://" in typed else f"smtps://{typed}")
        address = looked_at(server.host, server.port, _private())[0]
        return server._replace(
            user=self._user(),
            password=self._password(),
            address=address,
            open_text=_trusted(typed),
        )

    def _user(self) -> str:
        return self.connection.settings.get("user", "") or self.address

    def _password(self) -> str:
        return self.connection.secrets.get("password", "")

    def _known(self) -> tuple[str, str]:
        told = f"{self.connection.settings} {self._password()}"
        return self.address, secrets.blind(told, "mailbox")


def _private() -> frozenset[str]:
    return config().private_hosts


def _trusted(typed: str) -> bool:
    """Whether the settings name this host as one of ours, where clear text leaves no house."""
    host = smtp.server(typed if "://" in typed else f"imaps://{typed}").host
    return host in _private()


def _after(cursor: dict[str, Any], stand: Stand) -> int | None:
    """The last number that was heard; None to begin at the present."""
    if "uid" not in cursor:
        return None
    if cursor.get("validity") != stand.validity:
        # The server numbers anew: what is known already is kept once, by its Message-ID.
        return max(0, stand.next - 1 - 10 * AT_ONCE)
    return int(cursor["uid"])


def _cursor(stand: Stand, uid: int) -> dict[str, Any]:
    return {"validity": stand.validity, "uid": uid}
