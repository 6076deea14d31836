"""A real Dovecot with one mailbox, and a mail server that keeps what it is given."""

import os
import pwd
import shutil
import smtplib
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from signal import SIGTERM
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import free_port
from tests.real.network import NotReadyError, process

HOST = "127.0.0.1"
US = "help@northwind.example"
PASSWORD = "pw"
CONFIG = """
protocols = imap lmtp
listen = {host}
base_dir = {room}/run
state_dir = {room}/state
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{room}/mail/%u
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={room}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = {host}
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
"""


class Keeper:
    """Takes every message; says what it is told to, once."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.says: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.says:
            return self.says.pop(0)
        read = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.sent.append(read)
        return "250 kept"


@dataclass(frozen=True)
class Servers:
    """Where they are; people's letters go in by LMTP."""

    imap: int
    lmtp: int
    smtp: int
    keeper: Keeper = field(default_factory=Keeper)

    def settings(self, user: str = US) -> dict[str, str]:
        """What an owner fills in."""
        return {
            "address": user,
            "imap": f"imap://{HOST}:{self.imap}",
            "smtp": f"smtp://{HOST}:{self.smtp}",
            "user": user,
        }

    def delivers(self, message: EmailMessage | bytes, to: str = US) -> None:
        """Somebody's letter arrives in our inbox."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        with smtplib.LMTP(HOST, self.lmtp) as opened:
            opened.sendmail("tom@example.com", [to], raw)


@contextmanager
def servers() -> Iterator[Servers]:
    """A tenth of a second."""
    dovecot = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(dovecot).exists():
        raise NotReadyError("Dovecot is missing: run `make setup-real`.")
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-mail-")))
        owner = pwd.getpwnam("www-data") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        ports = {"imap": free_port(), "lmtp": free_port()}
        values = {"room": room, "host": HOST, "password": PASSWORD, "user": owner.pw_name}
        told = {"owner": owner.pw_name, "group": "www-data" if os.geteuid() == 0 else ""}
        (room / "dovecot.conf").write_text(CONFIG.format(**values, **told, **ports))
        room.chmod(0o755)
        (room / "mail").mkdir()
        shutil.chown(room / "mail", owner.pw_name)
        command = [dovecot, "-F", "-c", str(room / "dovecot.conf")]
        stack.enter_context(process(command, room, room, {}, until="starting up", ends=SIGTERM))
        running = Servers(ports["imap"], ports["lmtp"], free_port())
        mail = Controller(running.keeper, hostname=HOST, port=running.smtp)
        mail.start()
        stack.callback(mail.stop)
        _answers(running.lmtp)
        _answers(running.imap)
        yield running


def _answers(port: int) -> None:
    for _ in range(200):
        try:
            with socket.create_connection((HOST, port), 5):
                return
        except OSError:
            time.sleep(0.05)
    raise NotReadyError(f"Nothing answers on {port}.")
