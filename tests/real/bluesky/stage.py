"""A real Bluesky as a stage: the cases of the contract with nothing in memory."""

from itertools import count
from typing import Any, ClassVar

from atproto import Client

from rejoinder.channels.contract import Http
from rejoinder.plumbing import clock
from tests.channels.bluesky.stage import BlueskyStage
from tests.contract.stage import Kept, Stands
from tests.real import network

COLLECTION = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"
_number = count(1)


class RealStage(BlueskyStage):
    """Our brand on a real server; each stage watches a word of its own."""

    # The server lets an account sign in 30 times in five minutes: its tokens outlive a stage.
    secrets: ClassVar[dict[str, str]] = {"password": network.PASSWORD}

    def __init__(self, http: Http, pds: str, us: network.Somebody, people: dict[str, Client]):
        self.us = us
        self.people = people  # "us" is our brand, signed in elsewhere too
        self.word = f"northwind{next(_number)}."
        self.authors: dict[str, Client] = {}
        query = {"repo": us.did, "collection": COLLECTION, "limit": 100}
        there = people["tom"].com.atproto.repo.list_records(query).records
        self.before = {record.uri for record in there}
        super().__init__(http, pds, us.handle, self.word, self.secrets)

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        record: dict[str, Any] = {
            "$type": COLLECTION,
            "text": f"@us {text}" if tag else f"{self.word} {text}",
            "createdAt": clock.now().isoformat(),
        }
        if tag:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": self.us.did}
            record["facets"] = [{"index": {"byteStart": 0, "byteEnd": 3}, "features": [feature]}]
        if reply_to:
            record["reply"] = self._reply(reply_to)
        client = self.people[who]
        wish = {"repo": client.me.did, "collection": COLLECTION, "record": record}
        uri = str(client.com.atproto.repo.create_record(wish).uri)
        self.authors[uri] = client
        return uri

    def edits(self, post: str, text: str) -> None:
        value = self._record(post)
        wish = self._named(post) | {"record": value["value"] | {"text": text}}
        self.authors[post].com.atproto.repo.put_record(wish)

    def deletes(self, post: str) -> None:
        self.authors.get(post, self.people["us"]).com.atproto.repo.delete_record(self._named(post))

    def ours(self, to: str) -> list[Kept]:
        query = {"repo": self.us.did, "collection": COLLECTION, "limit": 100}
        records = self.people["tom"].com.atproto.repo.list_records(query).records
        found = [(record.uri, record.value.model_dump(by_alias=True)) for record in records]
        return [
            Kept(
                uri,
                value["text"],
                to,
                value["reply"]["root"]["uri"],
                pictures=self.shown(value),
                films=self.filmed(value),
            )
            for uri, value in found
            if (value.get("reply") or {}).get("parent", {}).get("uri") == to
        ]

    def stands(self) -> list[Stands]:
        """Since this stage was set: the server keeps the publications of the stages before."""
        tom = self.people["tom"].com.atproto.repo
        query = {"repo": self.us.did, "collection": COLLECTION, "limit": 100}
        records = {
            record.uri: record.value.model_dump(by_alias=True, exclude_none=True)
            for record in tom.list_records(query).records
            if record.uri not in self.before
        }
        publications = {uri: record for uri, record in records.items() if record.get("embed")}
        found = tom.list_records({"repo": self.us.did, "collection": PROFILE, "limit": 1}).records
        profile = found[0].value.model_dump(by_alias=True, exclude_none=True) if found else {}
        return self.standing(publications, profile)

    def _reply(self, to: str) -> dict[str, Any]:
        found = self._record(to)
        parent = {"uri": to, "cid": found["cid"]}
        root = (found["value"].get("reply") or {}).get("root") or parent
        return {"root": {"uri": root["uri"], "cid": root["cid"]}, "parent": parent}

    def _record(self, uri: str) -> dict[str, Any]:
        found = self.authors[uri].com.atproto.repo.get_record(self._named(uri))
        value = found.value.model_dump(by_alias=True, exclude_none=True)
        return {"cid": found.cid, "value": value}

    @staticmethod
    def _named(uri: str) -> dict[str, Any]:
        repo, collection, rkey = uri.removeprefix("at://").split("/")
        return {"repo": repo, "collection": collection, "rkey": rkey}
