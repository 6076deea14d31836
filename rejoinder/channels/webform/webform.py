"""The web form on the contract. The desk is the platform: what is sent stands there at once."""

from email import policy
from email.message import EmailMessage
from typing import Any, ClassVar
from urllib.parse import urlsplit

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
    Receipt,
    Refused,
    Sent,
)
from rejoinder.channels.webform import words
from rejoinder.plumbing import smtp
from rejoinder.plumbing.config import config

LONGEST = 20_000  # code points of an answer
PATH = "/contact"


class WebForm(Channel):
    """One contact page. Its posts come through the page itself; an answer stands on the page of the
    reference, and goes by e-mail too where somebody gave an address and the desk has a server.
    """

    name = "webform"
    label = "Web form"
    glyph = "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h2.5"
    can = Can(private=True)
    form: ClassVar[tuple[Field, ...]] = ()
    poll: ClassVar[float] = 3600.0
    told_names: ClassVar[bool] = True
    contact: ClassVar[str] = "email"

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Pages have none. Ten e-mails a second burden no server of anybody's."""
        return (Limit(name="minute", cap=600, window=60, published=False),)

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    def identify(self) -> Identity:
        """The page."""
        at = urlsplit(config().base_url)
        return Identity(external_id=PATH, handle=at.netloc + PATH, url=config().base_url + PATH)

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Nothing: what is sent to the page is on the intake log before the page says thank you."""
        return Heard([], cursor)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """It stands on the page as soon as this says so; an e-mail that was refused is no reason
        to take it down.
        """
        if not self.count(outgoing.text).ok:
            return Refused(f"The page takes {LONGEST:,} characters.")
        receipt = Receipt(external_id=key, url=page(outgoing.root))
        if not outgoing.contact or not config().smtp_url:
            return receipt
        server = smtp.server(config().smtp_url)
        message = letter(outgoing, key, smtp.sender(server))
        sent = mailing.hand_in(server, smtp.sender(server), outgoing.contact, message)
        if isinstance(sent, Refused):
            said = f"It stands on their page. The e-mail was refused: {sent.words}"
            return Receipt(external_id=key, url=receipt.url, words=said)
        return receipt if isinstance(sent, Receipt) else sent

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Without an e-mail there is nothing that could have been lost."""
        return None


def page(reference: str) -> str:
    """The page of a reference."""
    return f"{config().base_url}{PATH}/{reference}"


def letter(outgoing: Outgoing, key: str, sender: str) -> EmailMessage:
    """The answer as an e-mail, in the language of the form."""
    host = urlsplit(config().base_url).hostname or "localhost"
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<{key}@{host}>"
    message["Date"] = outgoing.created_at
    message["From"] = sender
    message["To"] = mailing.one_line(outgoing.contact)
    if outgoing.automatic:
        message["Auto-Submitted"] = "auto-replied"  # RFC 3834, 3.1.7
    subject, below = words.answer(str(outgoing.root_ref.get("language", "")), outgoing.root)
    message["Subject"] = mailing.one_line(subject)
    message.set_content(f"{outgoing.text}\n\n-- \n{below}\n{page(outgoing.root)}\n")
    return message
