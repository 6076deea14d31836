"""E-mail over the server of `REJOINDER_SMTP_URL`."""

from email import policy
from email.message import EmailMessage

from rejoinder.plumbing import smtp
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.config import config


class NotSentError(Exception):
    """The server took it not. The message says what happened, without any password."""


def is_set_up() -> bool:
    """Whether the desk knows a server."""
    return bool(config().smtp_url)


def send(to: str, subject: str, text: str) -> None:
    """One message to one person. Raises NotSentError."""
    server = smtp.server(config().smtp_url)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender = smtp.sender(server)
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        answer = smtp.deliver(server, sender, to, message.as_bytes())
    except NoAnswerError as error:
        raise NotSentError(error.words) from None
    if answer.status >= 300:
        words = answer.body.decode(errors="replace")
        raise NotSentError(f"{server.host} did not take it: {words}")
