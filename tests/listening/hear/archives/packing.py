"""Archives as platforms give them out, made up."""

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import libipld

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
DID = "did:plc:brandbrandbrandbrandbran"


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files.items():
            whole.writestr(name, content)
    return path


def tarred(path: Path, files: Mapping[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as whole:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            whole.addfile(info, io.BytesIO(content.encode()))
    return path


def of_x(path: Path, tweets: int = 3) -> Path:
    posts = [
        {
            "tweet": {
                "id_str": str(1000 + number),
                "full_text": f"Hello number {number} &amp; all",
                "created_at": "Wed Jul 11 13:30:00 +0000 2012",
                "in_reply_to_status_id_str": "77",
                "lang": "en",
            }
        }
        for number in range(tweets)
    ]
    account = [{"account": {"username": "northwind", "accountId": "7"}}]
    return zipped(
        path,
        {
            "Your archive.html": "<html>",
            "data/account.js": f"window.YTD.account.part0 = {json.dumps(account)}",
            "data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps(posts[:2])}",
            "data/tweets-part1.js": f"window.YTD.tweets.part1 = {json.dumps(posts[2:])}",
            "data/direct-messages.js": 'window.YTD.direct_messages.part0 = [{"secret": 1}]',
        },
    )


def of_mastodon() -> dict[str, str]:
    def status(number: int, to: str, **more: Any) -> dict[str, Any]:
        said = {
            "id": f"https://social.example/users/brand/statuses/{number}",
            "content": f"<p>Hello <b>{number}</b></p>",
            "published": "2024-05-01T09:00:00Z",
            "inReplyTo": None,
            "to": [to],
            "cc": [],
        }
        return {"type": "Create", "object": said | more}

    handed_on = {"type": "Announce", "object": "https://elsewhere.example/1"}
    items = [
        status(1, PUBLIC, summary="warning"),
        handed_on,
        status(2, "https://social.example/users/tom"),
        status(3, PUBLIC, inReplyTo="https://elsewhere.example/9"),
    ]
    outbox = {"@context": ["x"], "type": "OrderedCollection", "orderedItems": items}
    actor = {"type": "Person", "preferredUsername": "brand", "attachment": [1]}
    return {"outbox.json": json.dumps(outbox), "actor.json": json.dumps(actor)}


def of_plus() -> dict[str, str]:
    us = {"displayName": "Northwind", "resourceName": "users/1"}
    tom = {"displayName": "Tom", "resourceName": "users/2"}
    post = {
        "url": "https://plus.google.com/+northwind/posts/abc",
        "creationTime": "2012-07-11 14:32:10+0000",
        "author": us,
        "content": "<p>We are on it.</p>",
        "comments": [
            {"creationTime": "2012-07-11 15:00:00+0000", "author": tom, "content": "thanks"},
            {"creationTime": "2012-07-11 15:01:00+0000", "author": us, "content": "welcome"},
        ],
    }
    folder = "Takeout/Google+ Stream"
    return {
        f"{folder}/Posts/20120711 - We are on it.json": json.dumps(post),
        f"{folder}/Albums/metadata.json": json.dumps({"title": "Pictures"}),
        "Takeout/Profile/Profile.json": json.dumps(us),
    }


def of_bluesky(path: Path, *, break_one: bool = False, big: int = 0) -> Path:
    posts = {
        f"app.bsky.feed.post/3k{number}": {
            "$type": "app.bsky.feed.post",
            "text": f"Hello {number}",
            "createdAt": "2024-05-01T09:00:00Z",
            "langs": ["en"],
            **({"reply": {"parent": {"uri": "at://tom/1", "cid": "x"}}} if number else {}),
        }
        for number in range(3)
    }
    like = {"$type": "app.bsky.feed.like", "createdAt": "2024-05-01T09:00:00Z"}
    named = {"app.bsky.feed.like/3k9": like} | posts
    data = {name: libipld.encode_dag_cbor(record) for name, record in named.items()}
    entries, last = [], b""
    for name, block in data.items():
        key = name.encode()
        shared = next((n for n, (a, b) in enumerate(zip(key, last, strict=False)) if a != b), 0)
        entries.append({"p": shared, "k": key[shared:], "v": cid(block), "t": None})
        last = key
    tree = libipld.encode_dag_cbor({"l": None, "e": entries})
    commit = libipld.encode_dag_cbor({"did": DID, "version": 3, "data": cid(tree), "rev": "3k"})
    blocks = [commit, tree, *data.values()]
    header = libipld.encode_dag_cbor({"roots": [cid(commit)], "version": 1})
    whole = _varint(len(header)) + header
    for number, block in enumerate(blocks):
        kept = block[:-1] + b"\x00" if break_one and number == len(blocks) - 1 else block
        whole += _varint(len(block) + 36) + cid(block) + kept
    if big:
        whole += _varint(big) + b"x" * 100
    path.write_bytes(whole)
    return path


def cid(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def _varint(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])
