"""What `rejoinder count` says fits is taken by a real server, and one letter more is refused.

Each text is filled up with one kind of letter until it just fits, by the command line as a person
would run it; the server then has the last word.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from atproto import Client
from atproto_client.exceptions import BadRequestError

from tests.real import network

pytestmark = pytest.mark.real

MANY = 1002  # of a letter of three bytes, all in one grapheme

LETTERS = {
    "latin": "x",
    "family": "👩‍👩‍👧‍👦",
    "flag": "🇬🇧",
    "flag of a country within": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "keycap": "1️⃣",
    "skin": "👍🏽",
    "heart joined": "❤️‍🔥",
    "profession": "👩🏽‍🚒",
    "combining": "e\u0301",
    "many marks": "a\u0301\u0323\u0308\u0330",
    "cjk": "停",
    "kana with mark": "か\u3099",
    "hangul in parts": "\u1112\u1161\u11ab",
    "devanagari": "क्षि",
    "tamil": "நி",
    "thai": "กำ",
    "arabic": "م\u0651",
    "tag alone": "👨‍",
    "joiner alone": "\u200d",
    "nbsp": "\u00a0",
    "zero width space": "\u200b",
    "carriage return": "\r\n",
    "right to left mark": "\u200f",
    "variation": "︎☎",
    "regional alone": "🇬 ",
}
WITHIN = {
    "address": "https://example.com/a/b?c=1 ",
    "address without scheme": "example.com/leeds ",
    "address beyond ascii": "https://münchen.example/straße ",
    "punycode": "https://xn--mnchen-3ya.example ",
    "mention": "@tom.test ",
    "mention of a long name": "@a-rather-long-name.of-somebody.example.com ",
    "hashtag": "#Leeds #東京 ",
    "right to left": "שלום ",
}


@pytest.fixture(scope="module")
def tom() -> Iterator[Client]:
    with network.bluesky("pds") as started:
        who = started.sign_up("tom")
        client = Client(base_url=f"{started.pds}/xrpc")
        asked = {"identifier": who.handle, "password": who.password}
        client._set_session("create", client.com.atproto.server.create_session(asked))
        yield client
        client.request.close()


@pytest.fixture(scope="module")
def longest() -> dict[str, tuple[str, str]]:
    """By the name of a kind, the longest text that fits and the first that does not."""
    grown = {name: [letter * n for n in range(1, MANY)] for name, letter in LETTERS.items()}
    grown |= {name: [words + "x" * n for n in range(200, 302)] for name, words in WITHIN.items()}
    fits = _counted([text for texts in grown.values() for text in texts])
    found = {}
    for name, texts in grown.items():
        first = next(at for at, text in enumerate(texts) if not fits[text])
        found[name] = (texts[first - 1], texts[first])
    return found


@pytest.mark.parametrize("kind", LETTERS | WITHIN)
def test_the_server_draws_the_line_where_we_do(
    tom: Client, longest: dict[str, tuple[str, str]], kind: str
) -> None:
    last, over = longest[kind]
    assert _takes(tom, last), (kind, len(last))
    assert not _takes(tom, over), (kind, len(over))


def _takes(client: Client, text: str) -> bool:
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2026-03-02T09:00:00.000Z",
    }
    wish = {"repo": client._session.did, "collection": "app.bsky.feed.post", "record": record}
    try:
        return bool(client.com.atproto.repo.create_record(wish).uri)
    except BadRequestError as refused:
        if "too big" not in str(refused):
            raise
        return False


def _counted(texts: list[str]) -> dict[str, bool]:
    """Whether each fits, by the command line."""
    lines = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts)
    command = [sys.executable, "-m", "rejoinder.cli", "count", "--channel", "bluesky"]
    found = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    return {answer["id"]: answer["ok"] for answer in answers}
