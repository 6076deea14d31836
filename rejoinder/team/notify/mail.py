"""E-mail over the server of `REJOINDER_SMTP_URL`."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from rejoinder.plumbing.config import config

TIMEOUT = 20.0  # seconds
PORTS = {"smtp": 25, "smtps": 465}


class NotSentError(Exception):
    """The server took it not. The message says what happened, without any password."""


def is_set_up() -> bool:
    """Whether the desk knows a server."""
    return bool(config().smtp_url)


def send(to: str, subject: str, text: str) -> None:
    """One message to one person. Raises NotSentError."""
    server = urlsplit(config().smtp_url)
    message = EmailMessage()
    message["From"] = _sender(server)
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    try:
        with _open(server) as opened:
            opened.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(f"{server.hostname} did not take it: {_words(error)}") from None


def _open(server: SplitResult) -> smtplib.SMTP:
    """Encrypted where the server can; a password travels no other way."""
    host, port = server.hostname or "", server.port or PORTS.get(server.scheme, 25)
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        opened = smtplib.SMTP(host, port, timeout=TIMEOUT)
        opened.ehlo()
        if opened.has_extn("starttls"):
            opened.starttls(context=context)
        elif server.password:
            opened.close()
            raise smtplib.SMTPException("it offers no encryption, and a password is set")
    if server.username and server.password:
        opened.login(unquote(server.username), unquote(server.password))
    return opened


def _sender(server: SplitResult) -> str:
    name = unquote(server.username or "")
    return name if "@" in name else f"rejoinder@{server.hostname or 'localhost'}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        return told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return str(error) or type(error).__name__
