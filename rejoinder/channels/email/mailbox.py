"""A mailbox over IMAP4rev1 (RFC 3501), with IDLE (RFC 2177) where the server has it.

Opened read-only: nothing is marked as read, moved or deleted there.
"""

import imaplib
import re
import select
import ssl
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rejoinder.channels.contract import TroubleError
from rejoinder.plumbing.answer import NoAnswerError

TIMEOUT = 30.0  # seconds for each step
PORTS = {"imaps": 993, "imap": 143}
_SIZE = re.compile(rb"UID (\d+).*?RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*?UID (\d+)", re.DOTALL)

Addresses = Callable[[str, int], Sequence[str]]


class Place(NamedTuple):
    """A server, and our account there; `open_text` lets a password travel without encryption."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    open_text: bool = False


class Stand(NamedTuple):
    """Which life of the mailbox this is, and the number that its next message will have."""

    validity: int
    next: int


def place(typed: str, user: str, password: str, *, open_text: bool = False) -> Place:
    """From what people type: a host, host:port, imaps://host:port."""
    parts = urlsplit(typed if "://" in typed else f"imaps://{typed}")
    try:
        port = parts.port or PORTS.get(parts.scheme, 993)
    except ValueError:
        raise TroubleError(f"{typed} is no address of a server.", permanent=True) from None
    return Place(parts.scheme, parts.hostname or "", port, user, password, open_text)


class Mailbox:
    """One connection to one mailbox."""

    def __init__(self, where: Place, addresses: Addresses) -> None:
        """`addresses` gives those that may be connected to. Raises TroubleError."""
        self._where = where
        try:
            self._imap = _connected(where, addresses(where.host, where.port))
            try:
                self._signed_in()
            except BaseException:
                self._imap.shutdown()
                raise
        except NoAnswerError as error:
            raise TroubleError(error.words, after=60) from None
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._trouble(error) from None

    def stand(self) -> Stand:
        """As it is now."""
        kind, answer = self._ask(self._imap.status, "INBOX", "(UIDNEXT UIDVALIDITY)")
        found = dict(re.findall(rb"(UIDNEXT|UIDVALIDITY) (\d+)", answer[0] or b""))
        if kind != "OK" or len(found) != 2:
            raise TroubleError("The mailbox does not say how far it is.", after=60)
        return Stand(int(found[b"UIDVALIDITY"]), int(found[b"UIDNEXT"]))

    def sizes(self, after: int, most: int) -> list[tuple[int, int]]:
        """Number and bytes of the next messages after one, oldest first."""
        _, answer = self._ask(self._imap.uid, "SEARCH", f"UID {after + 1}:*")
        numbers = sorted(int(each) for each in (answer[0] or b"").split())
        numbers = [each for each in numbers if each > after][:most]
        if not numbers:
            return []
        names = ",".join(map(str, numbers))
        _, answer = self._ask(self._imap.uid, "FETCH", names, "(UID RFC822.SIZE)")
        found = (_SIZE.search(each) for each in answer if isinstance(each, bytes))
        sizes = {int(m[1] or m[4]): int(m[2] or m[3]) for m in found if m}
        return [(number, sizes.get(number, 0)) for number in numbers]

    def fetch(self, number: int, most: int) -> bytes:
        """The message, or the first bytes of it; nothing of one that was deleted meanwhile."""
        what = f"(BODY.PEEK[]<0.{most}>)"
        _, answer = self._ask(self._imap.uid, "FETCH", str(number), what)
        return next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")

    def wait(self, seconds: float) -> None:
        """Until something happens there, or so long; at once where the server has no IDLE."""
        if "IDLE" not in self._imap.capabilities:
            return
        try:
            self._idle(seconds)
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._trouble(error) from None

    def close(self) -> None:
        """Let go of the connection."""
        try:
            self._imap.logout()
        except (OSError, imaplib.IMAP4.error):
            self._imap.shutdown()

    def _idle(self, seconds: float) -> None:
        tag = self._imap._new_tag()  # imaplib has IDLE from 3.14 on
        self._imap.send(tag + b" IDLE\r\n")
        if not self._imap.readline().startswith(b"+"):
            raise imaplib.IMAP4.abort("IDLE was refused")
        waiting = self._imap.sock.pending() if isinstance(self._imap.sock, ssl.SSLSocket) else 0
        if not waiting:
            select.select([self._imap.sock], [], [], seconds)
        self._imap.send(b"DONE\r\n")
        while not (line := self._imap.readline()).startswith(tag):
            if not line:
                raise imaplib.IMAP4.abort("the connection ended")

    def _signed_in(self) -> None:
        where = self._where
        if where.scheme == "imap":
            if "STARTTLS" in self._imap.capabilities:
                self._imap.starttls(ssl.create_default_context())
            elif not where.open_text:
                raise TroubleError(
                    f"{where.host} offers no encryption, and was not told the password.",
                    permanent=True,
                )
        self._imap.login(where.user, where.password)
        kind, _ = self._imap.select("INBOX", readonly=True)
        if kind != "OK":
            raise TroubleError("The mailbox has no INBOX.", after=300)

    def _ask(self, what: Callable[..., tuple[str, Any]], *given: str) -> tuple[str, Any]:
        try:
            return what(*given)
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._trouble(error) from None

    def _trouble(self, error: Exception) -> TroubleError:
        words = str(error).removeprefix("b'").strip("'")[:300] or type(error).__name__
        refused = isinstance(error, imaplib.IMAP4.error) and not isinstance(
            error, imaplib.IMAP4.abort
        )
        said = f"{self._where.host} says: {words}."
        if refused:
            said += " See to the user name and the password; some providers want one for programs."
        return TroubleError(said, after=300 if refused else 30, permanent=refused)


def _connected(where: Place, addresses: Sequence[str]) -> imaplib.IMAP4:
    failure: OSError = OSError(f"{where.host} has no address")
    for address in addresses:
        try:
            if where.scheme == "imaps":
                return _Encrypted(where.host, address, where.port)
            return _Plain(where.host, address, where.port)
        except OSError as error:
            failure = error
    raise failure


class _Plain(imaplib.IMAP4):
    """Connects to an address that was looked at; certificates are asked for the name."""

    def __init__(self, name: str, address: str, port: int) -> None:
        self._name = name
        super().__init__(address, port, TIMEOUT)
        self.host = name


class _Encrypted(imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""

    def __init__(self, name: str, address: str, port: int) -> None:
        self._name = name
        context = ssl.create_default_context()
        super().__init__(address, port, ssl_context=context, timeout=TIMEOUT)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        plain = imaplib.IMAP4._create_socket(self, timeout)  # type: ignore[attr-defined]  # not in the stubs
        wrapped: ssl.SSLSocket = self.ssl_context.wrap_socket(plain, server_hostname=self._name)
        return wrapped
