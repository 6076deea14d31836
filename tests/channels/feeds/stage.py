"""A blog as a stage: its feed is read by the channel, its form is filled in by a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from rejoinder.channels.contract import Film, Outgoing, Picture, Post, Receipt, Sent
from rejoinder.channels.feeds import channel, feeds, noticing
from rejoinder.plumbing import clock
from tests.channels.feeds.fake import FEED, OURS, Entry, FakeBlog
from tests.contract.stage import Kept, Stage


class Impatient(channel):
    """Reads at each listening; how long the real one waits is tested by itself."""

    polite: ClassVar[float] = 0.0


class FeedsStage(Stage):
    """A blog about us."""

    repeatable = False
    written_by_hand = True
    longest = ("x" * feeds.LONGEST, "é" * feeds.LONGEST)
    too_long = ("x" * (feeds.LONGEST + 1), "é" * (feeds.LONGEST + 1))

    def __init__(self) -> None:
        self.blog = FakeBlog()
        self._written: list[Kept] = []
        settings = {
            "title": "Blogs",
            "feeds": FEED,
            "watch": "is it, outage",
            "site": OURS,
            "every": "0",
        }
        super().__init__(Impatient, self.blog, settings, {})

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method == "POST"

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        parent = self._entry(reply_to).id if reply_to else ""
        return _named(self.blog.writes(who, text, tag=tag, parent=parent))

    def edits(self, post: str, text: str) -> None:
        self._entry(post).text = text

    def deletes(self, post: str) -> None:
        self._entry(post).gone = True

    def ours(self, to: str) -> list[Kept]:
        return [kept for kept in self._written if kept.in_reply_to == to]

    def answers(
        self,
        post: Post,
        text: str,
        number: int = 1,
        *,
        private: bool = False,
        pictures: tuple[Picture, ...] = (),
        film: Film | None = None,
    ) -> tuple[Outgoing, str, Sent]:
        """A program may not, so a person opens the page that is named and writes there."""
        outgoing = Outgoing(
            text=text,
            to=post.external_id,
            root=post.root or post.external_id,
            ref=post.ref,
            created_at=clock.now(),
        )
        key = self.channel.new_key(outgoing.created_at, number)
        sent = self.channel.send(outgoing, key)
        page = self.channel.by_hand(outgoing, self.channel.connection.settings)
        if self.channel.count(text).ok and page == self._entry(post.external_id).url:
            self._written.append(Kept(key, text, outgoing.to, outgoing.root))
            return outgoing, key, Receipt(key, page)
        return outgoing, key, sent

    def _entry(self, named: str) -> Entry:
        return next(entry for entry in self.blog.entries if _named(entry) == named)


def _named(entry: Entry) -> str:
    return noticing.name(FEED, entry.id)


class Blogs:
    """A blog of its own for each test."""

    def stage(self) -> Stage:
        return FeedsStage()


@contextmanager
def far_end() -> Iterator[Blogs]:
    yield Blogs()
