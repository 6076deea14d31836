"""Two real servers as a stage: people on theirs, the brand on ours, and the way between them."""

import re
import time
from itertools import count
from typing import Any

from rejoinder.channels.contract import Http, Post
from rejoinder.channels.mastodon import channel
from tests.contract.stage import Kept, Stage
from tests.real.mastodon.servers import Fediverse, Person

_number = count(1)
FEDERATED = 20.0  # seconds until one server has told the other


class RealStage(Stage):
    """A brand of its own; its people are made when they first speak."""

    repeatable = False  # this server keeps no keys
    longest = too_long = ()  # it takes what comes

    def __init__(self, servers: Fediverse, http: Http) -> None:
        self.servers, self.number = servers, next(_number)
        self.brand = servers.brand.sign_up(f"brand{self.number}")
        self.people: dict[str, Person] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.tag = f"northwind{self.number}"
        settings = {"server": servers.brand.url, "watch": f"#{self.tag}"}
        super().__init__(channel, http, settings, {"token": self.brand.token})

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method in {"POST", "PUT"} and "/api/v1/statuses" in url

    def handle_of(self, who: str) -> str:
        return self.person(who).handle

    def person(self, who: str) -> Person:
        """Somebody on the other server."""
        if who not in self.people:
            self.people[who] = self.servers.customer.sign_up(f"{who}{self.number}")
        return self.people[who]

    def says(
        self,
        who: str,
        text: str,
        *,
        reply_to: str | None = None,
        tag: bool = True,
        **more: Any,
    ) -> str:
        start = f"@{self.brand.handle}" if tag else f"#{self.tag}"
        answers = {"in_reply_to_id": self.statuses[reply_to]["id"]} if reply_to else {}
        said = self.person(who).says(f"{start} {text}", **answers, **more)
        self.statuses[said["uri"]] = said
        return str(said["uri"])

    def whispers(self, who: str, text: str) -> str:
        return self.says(who, text, visibility="direct")

    def edits(self, post: str, text: str) -> None:
        by, status = self._author(post), self.statuses[post]
        words = {"status": f"@{self.brand.handle} {text}"}
        self.statuses[post] = by.call("PUT", f"/api/v1/statuses/{status['id']}", json=words)

    def deletes(self, post: str) -> None:
        self._author(post).deletes(self.statuses[post])

    def ours(self, to: str) -> list[Kept]:
        """What reached the other server: the one that counts."""
        asked, by = self.statuses[to], self._author(to)
        deadline = time.monotonic() + FEDERATED
        while time.monotonic() < deadline:
            path = f"/api/v1/statuses/{asked['id']}/context"
            below = by.call("GET", path)["descendants"]
            if found := [self._kept(each, to) for each in below if self._is_ours(each)]:
                return found
            time.sleep(0.1)
        return []

    def hears(self, *ids: str, kind: str = "post", within: float = FEDERATED) -> list[Post]:
        return super().hears(*ids, kind=kind, within=within)

    def _kept(self, status: dict[str, Any], to: str) -> Kept:
        text = re.sub(r"^@\S+ ", "", status["text"])
        shown = [(each["type"], each["description"]) for each in status["media_attachments"]]
        pictures = tuple(words for kind, words in shown if kind != "video")
        films = tuple(words for kind, words in shown if kind == "video")
        private = status["visibility"] in {"private", "direct"}
        return Kept(status["uri"], text, to, to, private, pictures, films)

    def _is_ours(self, status: dict[str, Any]) -> bool:
        return str(status["account"]["url"]).endswith(f"{self.brand.server}/{self.brand.name}")

    def _author(self, post: str) -> Person:
        return next(each for each in self.people.values() if f"/{each.name}/" in post)
