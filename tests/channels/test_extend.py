"""The channel that the documentation writes works as it says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rejoinder.channels.contract import (
    Channel,
    Connection,
    Outgoing,
    Receipt,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.contract.stage import Line, lost, unreachable

PAGE = Path(__file__).parents[2] / "docs" / "extend" / "channel.md"


class Book:
    """The guest book of the page, in memory."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.answers: dict[str, str] = {}

    def call(self, method: str, url: str, **more: Any) -> Answer:
        if url.endswith("/entries"):
            after = more["query"]["after"]
            return _ok([entry for entry in self.entries if entry["number"] > after])
        if method == "PUT":
            self.answers[url] = more["json"]["text"]
            return _ok({})
        return _ok({}) if url in self.answers else Answer(404, {}, b"")

    def writes(self, name: str, text: str) -> None:
        self.entries.append({"number": len(self.entries) + 1, "name": name, "text": text})


def _ok(what: object) -> Answer:
    return Answer(200, {}, json.dumps(what).encode())


@pytest.fixture
def written() -> type[Channel]:
    """The class as the page has it."""
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {"__name__": "guestbook"}
    exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102  # our own page
    found: type[Channel] = names["GuestBook"]
    return found


def test_the_guest_book_is_heard_and_answered_once(written: type[Channel]) -> None:
    book = Book()
    line = Line(book, lambda method, _: method == "PUT")
    connection = Connection(settings={"url": "https://book.example.com"}, secrets={})
    channel = written(connection, line)
    book.writes("Granny Smith", "yesterday")
    assert channel.identify().handle == "guest book"
    heard = channel.listen({})
    assert heard.posts == []
    book.writes("Tom", "lovely garden")
    [post] = channel.listen(heard.cursor).posts
    assert (post.handle, post.text) == ("Tom", "lovely garden")

    reply = Outgoing(text="Thank you.", to="2", root="2", created_at=clock.now())
    key = channel.new_key(reply.created_at, 1)
    line.on_send(unreachable, lost)
    assert isinstance(channel.send(reply, key), TryLater)
    assert channel.find_sent(reply, key) is None
    assert isinstance(channel.send(reply, key), Uncertain)
    assert channel.find_sent(reply, key) == Receipt(external_id=key)
    assert list(book.answers.values()) == ["Thank you."]

    line.on_read(unreachable)
    with pytest.raises(TroubleError):
        channel.listen(heard.cursor)
