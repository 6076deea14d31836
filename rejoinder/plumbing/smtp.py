"""Handing one message to a mail server: the code it answered, or that no answer came."""

import smtplib
import ssl
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rejoinder.plumbing.answer import Answer, NoAnswerError

TIMEOUT = 20.0  # seconds for each step
PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
STEP = "step"  # the name under which an answer says how far it came
_NO_ENCRYPTION = "it offers no encryption, and a password is set"


class Server(NamedTuple):
    """Where to hand it in, and as whom. `address` is what to connect to, when not the host;
    `open_text` is for a host of the house, which may take a password without encryption, or none.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    address: str = ""
    open_text: bool = False


def server(url: str) -> Server:
    """From smtp://user:password@host:port, or smtps://…"""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme, 25)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.scheme, parts.hostname or "", port, user, password)


def sender(of: Server) -> str:
    """Who a message is from, where nobody said it."""
    return of.user if "@" in of.user else f"rejoinder@{of.host or 'localhost'}"


def look(at: Server) -> None:
    """Whether it lets us in. Raises NoAnswerError with its words."""
    try:
        with _opened(at):
            return
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswerError(
            f"{at.host} does not let us in: {error or type(error).__name__}", may_have_arrived=False
        ) from None


def deliver(to_server: Server, sender: str, to: str, message: bytes) -> Answer:
    """The code and the words of the server; the header `step` is how far it came: "open", "sender",
    "recipient" or "data".

    `message` has lines that end in CRLF. Raises NoAnswerError; it may have arrived only when
    the whole message had left and no answer came.
    """
    try:
        with _opened(to_server) as opened:
            return _handed_in(opened, sender, to, message)
    except smtplib.SMTPResponseException as error:
        return _answer(error.smtp_code, error.smtp_error, "open")
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswerError(
            f"{to_server.host} did not take it: {error or type(error).__name__}",
            may_have_arrived=False,
        ) from None


def _handed_in(opened: smtplib.SMTP, sender: str, to: str, message: bytes) -> Answer:
    code, words = opened.mail(sender)
    if code != 250:
        return _answer(code, words, "sender")
    code, words = opened.rcpt(to)
    if code not in {250, 251}:
        return _answer(code, words, "recipient")
    try:
        code, words = opened.data(message)
    except smtplib.SMTPDataError as error:
        return _answer(error.smtp_code, error.smtp_error, "data")
    except (OSError, smtplib.SMTPException):
        opened.close()
        raise NoAnswerError(
            "The mail server ended the connection before it said whether it took it.",
            may_have_arrived=True,
        ) from None
    return _answer(code, words, "data")


def _opened(to: Server) -> smtplib.SMTP:
    """A connection on which a message can be handed in."""
    context = ssl.create_default_context()
    opened = _Encrypted(context, to.host) if to.scheme == "smtps" else smtplib.SMTP(timeout=TIMEOUT)
    try:
        _let_in(opened, to, context)
    except BaseException:
        opened.close()
        raise
    return opened


def _let_in(opened: smtplib.SMTP, to: Server, context: ssl.SSLContext) -> None:
    """Encrypted where the server can; a password travels no other way."""
    code, words = opened.connect(to.address or to.host, to.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, words)
    opened.ehlo_or_helo_if_needed()
    if not isinstance(opened, smtplib.SMTP_SSL):
        if opened.has_extn("starttls"):
            opened._host = to.host  # type: ignore[attr-defined]  # the name on its certificate
            opened.starttls(context=context)
            opened.ehlo()
        elif to.password and not to.open_text:
            raise smtplib.SMTPException(_NO_ENCRYPTION)
    if to.user and to.password and (opened.has_extn("auth") or not to.open_text):
        opened.login(to.user, to.password)


class _Encrypted(smtplib.SMTP_SSL):
    """Connects to an address that was looked at, and asks for the certificate of the name."""

    def __init__(self, context: ssl.SSLContext, name: str) -> None:
        super().__init__(timeout=TIMEOUT, context=context)
        self._name = name

    def _get_socket(self, host: str, port: int, timeout: float) -> ssl.SSLSocket:
        plain = smtplib.SMTP._get_socket(self, host, port, timeout)  # type: ignore[attr-defined]  # not in the stubs
        return self.context.wrap_socket(plain, server_hostname=self._name)


def _answer(code: int, words: bytes | str, step: str) -> Answer:
    body = words if isinstance(words, bytes) else words.encode()
    return Answer(code, {STEP: step}, body)
