"""Bluesky as a stage: its servers in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from rejoinder.channels.bluesky import channel
from rejoinder.channels.contract import Http
from rejoinder.plumbing import clock
from tests.channels.bluesky.fake import FakeBluesky
from tests.contract.stage import Kept, Stage, Stands

FAMILY = "👩‍👩‍👧‍👦"  # one grapheme, 25 bytes
_number = count(1)


class BlueskyStage(Stage):
    """What holds for every Bluesky, in memory or real."""

    repeatable = True
    messages = False  # whether private ones are heard
    longest = ("x" * 300, FAMILY * 120)
    too_long = ("e\u0301" * 301, FAMILY * 120 + "x")

    def __init__(
        self, http: Http, service: str, handle: str, watch: str, secrets: dict[str, str]
    ) -> None:
        settings = {"handle": handle, "service": service, "watch": watch}
        settings |= {"messages": "yes"} if self.messages else {}
        super().__init__(channel, http, settings, secrets)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return url.endswith(("createRecord", "deleteRecord", "sendMessage"))

    @staticmethod
    def shown(record: dict[str, Any]) -> tuple[str, ...]:
        """What the pictures of a post show, in words."""
        return tuple(image["alt"] for image in (record.get("embed") or {}).get("images", ()))

    @staticmethod
    def filmed(record: dict[str, Any]) -> tuple[str, ...]:
        """What the film of a post shows, in words."""
        embed = record.get("embed") or {}
        return (embed["alt"],) if embed.get("$type") == "app.bsky.embed.video" else ()

    def standing(self, records: dict[str, dict[str, Any]], profile: dict[str, Any]) -> list[Stands]:
        """Of our posts by address, those that no later one of ours stands below."""
        below = {
            record["reply"]["parent"]["uri"] for record in records.values() if record.get("reply")
        }
        pinned = (profile.get("pinnedPost") or {}).get("uri")
        return [
            Stands(record["text"], uri == pinned)
            for uri, record in records.items()
            if uri not in below
        ]


class FakeStage(BlueskyStage):
    """A brand in memory."""

    messages = True

    def __init__(self, bluesky: FakeBluesky) -> None:
        self.bluesky = bluesky
        number = next(_number)
        self.did = bluesky.sign_up(f"brand{number}.example.com")
        self.word = f"northwind{number}."
        handle, secrets = bluesky.people[self.did], {"password": "made-up-password"}
        super().__init__(bluesky, "https://bluesky.example.com", handle, self.word, secrets)

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        did = self.bluesky.sign_up(f"{who}.example.com")
        record: dict[str, Any] = {
            "$type": "app.bsky.feed.post",
            "text": f"@us {text}" if tag else f"{self.word} {text}",
            "createdAt": clock.now().isoformat(),
        }
        if tag:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": self.did}
            record["facets"] = [{"index": {"byteStart": 0, "byteEnd": 3}, "features": [feature]}]
        if reply_to:
            record["reply"] = self._reply(reply_to)
        return self.bluesky.say(did, record)

    def whispers(self, who: str, text: str) -> str:
        return self.bluesky.chat.writes(self.bluesky.sign_up(f"{who}.example.com"), self.did, text)

    def edits(self, post: str, text: str) -> None:
        self.bluesky.edit(post, text)

    def deletes(self, post: str) -> None:
        del self.bluesky.posts[post]

    def ours(self, to: str) -> list[Kept]:
        views = [view for view in self.bluesky.posts.values() if view["author"]["did"] == self.did]
        private = [
            Kept(f"chat:{each['convo']}/{each['id']}", each["text"], to, each["convo"], True)
            for each in self.bluesky.chat.of(self.did, to)
        ]
        return private + [
            Kept(
                view["uri"],
                record["text"],
                to,
                record["reply"]["root"]["uri"],
                pictures=self.shown(record),
                films=self.filmed(record),
            )
            for view in views
            if (record := view["record"]).get("reply", {}).get("parent", {}).get("uri") == to
        ]

    def stands(self) -> list[Stands]:
        ours = {
            uri: view["record"]
            for uri, view in self.bluesky.posts.items()
            if view["author"]["did"] == self.did
        }
        profile = self.bluesky.records.get(f"at://{self.did}/app.bsky.actor.profile/self")
        return self.standing(ours, profile["value"] if profile else {})

    def _reply(self, to: str) -> dict[str, Any]:
        view = self.bluesky.posts[to]
        parent = {"uri": to, "cid": view["cid"]}
        return {"root": view["record"].get("reply", {}).get("root", parent), "parent": parent}


class Running:
    """The memory that the stages of one test run share."""

    def __init__(self) -> None:
        self.bluesky = FakeBluesky()

    def stage(self) -> FakeStage:
        return FakeStage(self.bluesky)


@contextmanager
def far_end() -> Iterator[Running]:
    yield Running()
