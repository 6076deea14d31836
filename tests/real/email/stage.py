"""A real mailbox as a stage."""

from itertools import count

from rejoinder.channels.email import channel
from tests.channels.email.stage import EmailStage
from tests.contract.stage import Kept
from tests.real.email.server import PASSWORD, Servers
from tests.scene import _NoHttp

_numbers = count(1)


class RealStage(EmailStage):
    """Each stage has an address of its own."""

    def __init__(self, running: Servers) -> None:
        self.running = running
        self.us = f"help{next(_numbers)}@northwind.example"
        super().__init__(channel, _NoHttp(), running.settings(self.us), {"password": PASSWORD})

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        own, message = self.message(who, text, reply_to)
        message.replace_header("To", self.us)
        self.running.delivers(message, self.us)
        return own

    def ours(self, to: str) -> list[Kept]:
        return self.kept(self.running.keeper.sent, to)
