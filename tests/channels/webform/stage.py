"""The web form as a stage: what is sent to the page, and what stands on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from rejoinder.channels import reference
from rejoinder.channels.contract import Outgoing, Post, Receipt, Sent
from rejoinder.channels.webform import channel, entry, webform
from rejoinder.channels.webform.entry import Entry
from rejoinder.plumbing import clock, secrets
from tests.contract.stage import Kept, Stage
from tests.scene import _NoHttp


class Page(channel):
    """The form, with a look at what its pages show once a send has said that it is there."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as the channel takes them
        self.shown: dict[str, Kept] = {}

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        sent = super().send(outgoing, key)
        if isinstance(sent, Receipt):
            self.shown[key] = Kept(sent.external_id, outgoing.text, outgoing.to, outgoing.root)
        return sent


class WebFormStage(Stage):
    """One contact page, with its people."""

    channel: Page
    repeatable = True
    over_http = False
    replies_changed = False
    longest = ("x" * webform.LONGEST, "é" * webform.LONGEST)
    too_long = ("x" * (webform.LONGEST + 1), "é" * (webform.LONGEST + 1))

    def __init__(self) -> None:
        super().__init__(Page, _NoHttp(), {}, {})
        self._numbers = count(1)
        self._sent: list[Post] = []
        self._all: dict[str, Post] = {}

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return True

    def opens(self) -> None:
        """What came before is on the log already, and comes no more."""
        super().opens()
        self._sent.clear()

    def listens(self) -> list[Post]:
        """What came to the page is handed to the log by the page, not asked for."""
        came, self._sent = self._sent, []
        self.posts_heard += [*came, *super().listens()]
        return came

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        spelt = reference.spell(next(self._numbers))
        if reply_to:
            post = entry.addition(spelt, self._all[reply_to], text, clock.now())
        else:
            sent = Entry(reference=spelt, kind="question", text=text, name=who, at=clock.now())
            author = secrets.blind(f"{who}@example.com", "webform email")
            post = entry.post(sent, author, webform.page(spelt))
        self._sent.append(post)
        self._all[post.external_id] = post
        return post.external_id

    def edits(self, post: str, text: str) -> None:
        raise NotImplementedError

    def deletes(self, post: str) -> None:
        raise NotImplementedError

    def ours(self, to: str) -> list[Kept]:
        return [kept for kept in self.channel.shown.values() if kept.in_reply_to == to]


class FormEnd:
    """Pages of their own for each test."""

    def stage(self) -> Stage:
        return WebFormStage()


@contextmanager
def far_end() -> Iterator[FormEnd]:
    """The form is the desk itself: nothing has to be opened."""
    yield FormEnd()
