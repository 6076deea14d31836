"""A Bluesky in memory: the answers of its reference servers, in the shapes they were recorded in.

The same cases run against the real servers in `tests/real/bluesky`; where the two differ, the
real ones are right and this is wrong.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import regex

from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.channels.bluesky.chat import CHAT, FakeChat, RefusedError, snake

COLLECTION = "app.bsky.feed.post"


class FakeBluesky:
    """Accounts, their posts, and who is told about what."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}  # handle by DID
        self.posts: dict[str, dict[str, Any]] = {}  # views by address, in the order of indexing
        self.records: dict[str, dict[str, Any]] = {}  # other records by address
        self.tokens: dict[str, str] = {}  # DID by access or renewal token
        self.blobs: set[str] = set()
        self.signed_in = 0
        self.chat = FakeChat(self.people)
        self.public_only: set[str] = set()  # whose app password opens no private messages
        self._clock = 0

    def call(
        self,
        method: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        json: Any = None,
        content: bytes | None = None,
        timeout: float = 30.0,
    ) -> Answer:
        """One call, answered as XRPC is."""
        room, _, name = urlsplit(url).path.removeprefix("/xrpc/").rpartition(".")
        token = (header or {}).get("Authorization", "").removeprefix("Bearer ")
        given = json if method == "POST" else query or {}
        if name == "uploadBlob":
            given = {"bytes": content or b"", "type": (header or {}).get("Content-Type", "")}
        try:
            if room == "chat.bsky.convo":
                return _answer(200, self._hand_on(header or {}, token, name, given))
            door: Callable[[str, dict[str, Any]], Any] = getattr(self, f"_{snake(name)}")
            return _answer(200, door(token, given))
        except RefusedError as no:
            return _answer(no.status, {"error": no.error, "message": no.message})

    def _hand_on(self, header: dict[str, str], token: str, name: str, given: Any) -> Any:
        """To the service of the private messages, for who may."""
        did = self._who(token)
        if header.get("atproto-proxy") != CHAT:
            raise RefusedError(404, "XRPCNotSupported", "XRPCNotSupported")
        if did in self.public_only:
            raise RefusedError(400, "InvalidToken", "Bad token method")
        return self.chat.answer(did, name, given)

    def sign_up(self, handle: str) -> str:
        """A new account; its DID."""
        did = f"did:plc:{handle.partition('.')[0]:x<24.24}"
        self.people[did] = handle
        return did

    def say(self, did: str, record: dict[str, Any], key: str | None = None) -> str:
        """Index a post; its address."""
        uri = f"at://{did}/{COLLECTION}/{key or self._tick()}"
        self.posts[uri] = {
            "uri": uri,
            "cid": f"bafy{self._tick()}",
            "author": {"did": did, "handle": self.people[did], "displayName": ""},
            "record": record,
            "indexedAt": _stamp(),
        }
        return uri

    def edit(self, uri: str, text: str) -> None:
        view = self.posts[uri]
        view["record"] = view["record"] | {"text": text}
        view["cid"] = f"bafy{self._tick()}"

    def expire(self) -> None:
        """Every token handed out so far opens nothing more."""
        self.tokens.clear()

    def _create_session(self, _: str, given: dict[str, Any]) -> dict[str, Any]:
        self.signed_in += 1
        for did, handle in self.people.items():
            if given["identifier"] == handle and given["password"] == "made-up-password":
                return self._session(did)
        raise RefusedError(401, "AuthenticationRequired", "Invalid identifier or password")

    def _refresh_session(self, token: str, _: dict[str, Any]) -> dict[str, Any]:
        return self._session(self._who(token))

    def _get_session(self, token: str, _: dict[str, Any]) -> dict[str, Any]:
        did = self._who(token)
        return {"did": did, "handle": self.people[did], "active": True}

    def _list_notifications(self, token: str, query: dict[str, Any]) -> dict[str, Any]:
        did = self._who(token)
        views = [
            view | {"reason": reason, "isRead": False}
            for view in self._newest()
            if (reason := self._reason(view, did)) in query["reasons"]
        ]
        return _page(views, query, "notifications")

    def _search_posts(self, token: str, query: dict[str, Any]) -> dict[str, Any]:
        self._who(token)
        views = [view for view in self._newest() if query["q"] in view["record"]["text"]]
        return _page(views, query, "posts")

    def _get_posts(self, token: str, query: dict[str, Any]) -> dict[str, Any]:
        self._who(token)
        assert len(query["uris"]) <= 25
        return {"posts": [self.posts[uri] for uri in query["uris"] if uri in self.posts]}

    def _get_profiles(self, token: str, query: dict[str, Any]) -> dict[str, Any]:
        self._who(token)
        assert len(query["actors"]) <= 25
        met = [did for did in query["actors"] if did in self.people]
        return {"profiles": [{"did": did, "handle": self.people[did]} for did in met]}

    def _get_record(self, _: str, query: dict[str, Any]) -> dict[str, Any]:
        uri = f"at://{query['repo']}/{query['collection']}/{query['rkey']}"
        if uri in self.records:
            return {"uri": uri} | self.records[uri]
        if uri not in self.posts:
            raise RefusedError(400, "RecordNotFound", f"Could not locate record: {uri}")
        view = self.posts[uri]
        return {"uri": uri, "cid": view["cid"], "value": view["record"]}

    def _put_record(self, token: str, given: dict[str, Any]) -> dict[str, Any]:
        uri = f"at://{self._who(token)}/{given['collection']}/{given['rkey']}"
        there = self.records.get(uri, {"cid": None})
        if given.get("swapRecord", there["cid"]) != there["cid"]:
            raise RefusedError(400, "InvalidSwap", f"Record was at {there['cid']}")
        self.records[uri] = {"cid": f"bafy{self._tick()}", "value": given["record"]}
        return {"uri": uri, "cid": self.records[uri]["cid"], "validationStatus": "valid"}

    def _list_records(self, _: str, query: dict[str, Any]) -> dict[str, Any]:
        ours = [view for view in self.posts.values() if view["author"]["did"] == query["repo"]]
        newest = sorted(ours, key=lambda view: str(view["uri"]), reverse=True)
        records = [{"uri": v["uri"], "cid": v["cid"], "value": v["record"]} for v in newest]
        return _page(records, query, "records")

    def _create_record(self, token: str, given: dict[str, Any]) -> dict[str, Any]:
        did, text = self._who(token), given["record"]["text"]
        if len(regex.findall(r"\X", text)) > 300:
            raise RefusedError(400, "InvalidRequest", "grapheme too big (maximum 300)")
        if len(text.encode()) > 3000:
            raise RefusedError(400, "InvalidRequest", "string too big (maximum 3000)")
        video = (given["record"].get("embed") or {}).get("video")
        named = [*(image["image"] for image in _images(given)), *([video] if video else [])]
        if any(each["ref"]["$link"] not in self.blobs for each in named):
            raise RefusedError(400, "InvalidRequest", "Could not find blob")
        if f"at://{did}/{COLLECTION}/{given['rkey']}" in self.posts:
            raise RefusedError(500, "InternalServerError", "Internal Server Error")
        uri = self.say(did, given["record"], given["rkey"])
        return {"uri": uri, "cid": self.posts[uri]["cid"], "validationStatus": "valid"}

    def _upload_blob(self, token: str, given: dict[str, Any]) -> dict[str, Any]:
        self._who(token)
        film = given["type"] == "video/mp4" and given["bytes"][4:8] == b"ftyp"
        if len(given["bytes"]) > (100_000_000 if film else 1_000_000):
            raise RefusedError(400, "BlobTooLarge", "This file is too large")
        name = f"bafkrei{hashlib.sha256(given['bytes']).hexdigest()[:52]}"
        self.blobs.add(name)
        named = {"$type": "blob", "ref": {"$link": name}, "mimeType": given["type"]}
        return {"blob": named | {"size": len(given["bytes"])}}

    def _delete_record(self, token: str, given: dict[str, Any]) -> dict[str, Any]:
        uri = f"at://{self._who(token)}/{given['collection']}/{given['rkey']}"
        self.posts.pop(uri, None)
        return {"commit": {"cid": f"bafy{self._tick()}", "rev": self._tick()}}

    def _resolve_handle(self, _: str, query: dict[str, Any]) -> dict[str, Any]:
        for did, handle in self.people.items():
            if handle == query["handle"]:
                return {"did": did}
        raise RefusedError(400, "InvalidRequest", "Unable to resolve handle")

    def _session(self, did: str) -> dict[str, Any]:
        access, refresh = f"access-{self._tick()}", f"refresh-{self._tick()}"
        self.tokens |= {access: did, refresh: did}
        return {"accessJwt": access, "refreshJwt": refresh, "did": did, "active": True}

    def _who(self, token: str) -> str:
        if token not in self.tokens:
            raise RefusedError(400, "ExpiredToken", "Token has expired")
        return self.tokens[token]

    def _newest(self) -> list[dict[str, Any]]:
        return list(reversed(self.posts.values()))

    def _reason(self, view: dict[str, Any], did: str) -> str:
        record = view["record"]
        if view["author"]["did"] == did:
            return ""
        if record.get("reply", {}).get("parent", {}).get("uri", "").startswith(f"at://{did}/"):
            return "reply"
        return "mention" if did in json.dumps(record.get("facets", [])) else ""

    def _tick(self) -> str:
        self._clock += 1
        return f"{self._clock:013d}"


def _page(views: list[dict[str, Any]], query: dict[str, Any], name: str) -> dict[str, Any]:
    start = int(query.get("cursor", 0))
    end = start + query["limit"]
    page: dict[str, Any] = {name: views[start:end]}
    return page | ({"cursor": str(end)} if end < len(views) else {})


def _images(given: dict[str, Any]) -> list[dict[str, Any]]:
    embed = given["record"].get("embed", {})
    found: list[dict[str, Any]] = embed.get("images", [])
    return found


def _answer(status: int, body: Any) -> Answer:
    return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())


def _stamp() -> str:
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
