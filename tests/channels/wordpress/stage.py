"""WordPress as a stage: a site in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Http
from rejoinder.channels.wordpress import channel, reading
from tests.channels.wordpress.fake import PASSWORD, US, FakeSite, typed
from tests.contract.stage import Kept, Stage, Stands

LONGEST = 65_525


class WordPressStage(Stage):
    """What holds for every WordPress, in memory or real."""

    repeatable = True
    longest = ("x" * LONGEST, "&" * (LONGEST // 5))  # each is written &amp;
    too_long = ("x" * (LONGEST + 1), "é" * (LONGEST // 2 + 1))

    def __init__(self, http: Http, url: str, user: str, password: str) -> None:
        super().__init__(channel, http, {"url": url, "user": user}, {"password": password})
        self.place = reading.site(url)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method in {"POST", "DELETE"}

    def named(self, number: int) -> str:
        """The name of a comment."""
        return reading.name(self.place, number)


class FakeStage(WordPressStage):
    """A site in memory."""

    def __init__(self) -> None:
        self.site = FakeSite()
        super().__init__(self.site, self.site.url, "desk", PASSWORD)

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        parent = reading.number(reply_to) if reply_to else 0
        return self.named(self.site.comment(who, typed(text), parent=parent))

    def edits(self, post: str, text: str) -> None:
        self.site.comments[reading.number(post)]["content"]["raw"] = typed(text)

    def deletes(self, post: str) -> None:
        self.site.comments[reading.number(post)]["status"] = "trash"

    def hidden(self, post: str) -> bool:
        return bool(self.site.comments[reading.number(post)]["status"] == "hold")

    def holds_back(self, post: str, *, hidden: bool) -> None:
        status = "hold" if hidden else "approved"
        self.site.comments[reading.number(post)]["status"] = status

    def ours(self, to: str) -> list[Kept]:
        rows = self.site.comments
        return [
            Kept(self.named(row["id"]), hypertext.words(row["content"]["raw"]), to, self._root(row))
            for row in rows.values()
            if row["author"] == US and self.named(row["parent"]) == to and row["status"] != "trash"
        ]

    def stands(self) -> list[Stands]:
        return [
            Stands(said(post["content"]["raw"]), post["sticky"])
            for post in self.site.posts.values()
        ]

    def _root(self, row: dict[str, int]) -> str:
        while row["parent"]:
            row = self.site.comments[row["parent"]]
        return self.named(row["id"])


def said(content: str) -> str:
    """The words of a publication without the way to our own page below them."""
    return hypertext.words(content).rpartition("\n")[0].strip()


class Running:
    """Each stage has a site of its own."""

    def stage(self) -> FakeStage:
        return FakeStage()


@contextmanager
def far_end() -> Iterator[Running]:
    yield Running()
