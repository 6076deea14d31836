"""The telephone as a stage: what an advisor writes down, and what is recorded as said."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from msgspec.structs import replace

from rejoinder.channels import reference
from rejoinder.channels.contract import Outgoing, Post, Receipt, Sent
from rejoinder.channels.phone import call, channel, hours, phone
from rejoinder.plumbing import clock, secrets
from tests.contract.stage import Kept, Stage
from tests.scene import _NoHttp


class Records(channel):
    """The telephone, with a look at what it has recorded."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as the channel takes them
        self.recorded: dict[str, Kept] = {}

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        sent = super().send(outgoing, key)
        if isinstance(sent, Receipt):
            self.recorded[key] = Kept(sent.external_id, outgoing.text, outgoing.to, outgoing.root)
        return sent


class PhoneStage(Stage):
    """One telephone, with its callers."""

    channel: Records
    repeatable = True
    over_http = False
    replies_changed = False
    longest = ("x" * phone.LONGEST, "é" * phone.LONGEST)
    too_long = ("x" * (phone.LONGEST + 1), "é" * (phone.LONGEST + 1))

    def __init__(self) -> None:
        settings = {"number": "01632 960000", "hours": hours.USUAL, "calls": "6"}
        super().__init__(Records, _NoHttp(), settings, {})
        self._numbers = count(1)
        self._written: list[Post] = []
        self._all: dict[str, Post] = {}

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return True

    def opens(self) -> None:
        """What came before is on the log already, and comes no more."""
        super().opens()
        self._written.clear()

    def listens(self) -> list[Post]:
        """What is written down is handed to the log by the page, not asked for."""
        came, self._written = self._written, []
        self.posts_heard += [*came, *super().listens()]
        return came

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        spelt = reference.spell(next(self._numbers))
        written = call.Call(reference=spelt, kind="call", text=text, name=who, at=clock.now())
        post = call.post(written, secrets.blind(who, "phone"), phone.page(spelt))
        if reply_to:
            root = self._all[reply_to].root or reply_to
            post = replace(post, in_reply_to=reply_to, root=root)
        self._written.append(post)
        self._all[spelt] = post
        return spelt

    def edits(self, post: str, text: str) -> None:
        raise NotImplementedError

    def deletes(self, post: str) -> None:
        raise NotImplementedError

    def ours(self, to: str) -> list[Kept]:
        return [kept for kept in self.channel.recorded.values() if kept.in_reply_to == to]


class PhoneEnd:
    """Telephones of their own for each test."""

    def stage(self) -> Stage:
        return PhoneStage()


@contextmanager
def far_end() -> Iterator[PhoneEnd]:
    """Nothing has to be opened: the far end is a person."""
    yield PhoneEnd()
