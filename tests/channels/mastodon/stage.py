"""The fediverse as a stage: a simulated Mastodon, in a process of its own."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from rejoinder.channels.contract import Http
from rejoinder.channels.mastodon import channel
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage, Stands
from tests.simulators.client import Simulator, running
from tests.simulators.mastodon.world import HOST

FAMILY = "👩‍👩‍👧‍👦"  # one grapheme
_number = count(1)


class MastodonStage(Stage):
    """A brand of its own; people come from a server of their own, and it hears of them."""

    repeatable = True

    def __init__(self, server: Simulator, http: Http) -> None:
        self.server = server
        self.number = next(_number)
        self.brand, self.word = f"brand{self.number}", f"northwind{self.number}."
        token = server.control("person", acct=self.brand)["token"]
        room = 500 - len("@tom ")
        self.longest = ("x" * room, FAMILY * room)
        self.too_long = ("x" * (room + 1), "e\u0301" * (room + 1))
        settings = {"server": server.url, "watch": f"{self.word}, #brandtag{self.number}"}
        super().__init__(channel, http, settings, {"token": token})

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method in {"POST", "PUT", "DELETE"} and "/api/v1/statuses" in url

    def handle_of(self, who: str) -> str:
        return f"{who}@people{self.number}.example"

    def says(
        self,
        who: str,
        text: str,
        *,
        reply_to: str | None = None,
        tag: bool = True,
        **more: Any,
    ) -> str:
        start = f"@{self.brand}@{HOST}" if tag else self.word
        by = self.handle_of(who)
        answers = self.of(reply_to) if reply_to else None
        said = self.server.control("say", by=by, text=f"{start} {text}", answers=answers, **more)
        return str(said["uri"])

    def whispers(self, who: str, text: str) -> str:
        return self.says(who, text, visibility="direct")

    def edits(self, post: str, text: str) -> None:
        self.server.control("edit", id=self.of(post), text=f"@{self.brand}@{HOST} {text}")

    def deletes(self, post: str) -> None:
        self.server.control("delete", id=self.of(post))

    def ours(self, to: str) -> list[Kept]:
        return [
            Kept(
                row["uri"],
                row["text"].removeprefix(f"@{self.handle_of('tom')} "),
                to,
                row["root"],
                row["visibility"] == "direct",
                tuple(row["pictures"]),
                tuple(row["films"]),
            )
            for row in self.said()
            if row["answers"] == self.of(to)
        ]

    def stands(self) -> list[Stands]:
        return [
            Stands(row["text"].rpartition("\n\n")[0], row["pinned"])
            for row in self.said()
            if row["answers"] is None
        ]

    def said(self) -> list[dict[str, Any]]:
        """Everything of ours, as the server keeps it."""
        found: list[dict[str, Any]] = self.server.control("ours", by=self.brand)
        return found

    @staticmethod
    def of(uri: str) -> str:
        """The server's number of a post."""
        return uri.rpartition("/")[2]


class Running:
    """Each stage has a brand of its own."""

    def __init__(self, server: Simulator, http: Network) -> None:
        self.server = server
        self.http = http

    def stage(self) -> MastodonStage:
        return MastodonStage(self.server, self.http)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("mastodon") as server, closing(Network({"127.0.0.1"})) as http:
        yield Running(server, http)
