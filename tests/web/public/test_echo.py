"""The echo page shows what came, says what it tells, and keeps nothing."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from rejoinder import door
from rejoinder.privacy.leakcheck.shapes import CLASSES, Finding
from rejoinder.web.public.echo import Echo

NUMBER = "447700900123"
LEAK = [("x-up-calling-line-id", NUMBER)]


class Answer:
    """What came back."""

    def __init__(self, sent: list[MutableMapping[str, Any]]) -> None:
        self.status = int(sent[0]["status"])
        self.headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        self.text = b"".join(message.get("body", b"") for message in sent).decode()


def ask(
    path: str, headers: list[tuple[str, str]], *, to: Any = None, query: str = "", **more: str
) -> Answer:
    sent: list[MutableMapping[str, Any]] = []
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers],
        **more,
    }

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        raise AssertionError("nothing is read")

    asyncio.run((to or Echo())(scope, receive, send))
    return Answer(sent)


def test_a_number_is_shown_to_whom_it_belongs_and_named() -> None:
    answer = ask("/echo", [("host", "desk.example"), *LEAK])
    assert answer.status == 200
    assert "Your request says who you are" in answer.text
    assert f"<dd>{NUMBER}</dd><dd>your phone number</dd>" in answer.text


def test_an_ordinary_request_is_told_that_it_is_one() -> None:
    answer = ask("/echo", [("user-agent", "Mozilla/5.0"), ("accept", "*/*")])
    assert "Your request does not say who you are" in answer.text
    assert 'class="tells"' not in answer.text


def test_what_the_network_alone_knows_is_told_apart() -> None:
    answer = ask("/echo", [("x-nokia-roaming", "yes, abroad")])
    assert "Your network says something about you" in answer.text


def test_every_place_is_marked_where_it_stands() -> None:
    headers = [("cookie", f"m={NUMBER}"), ("referer", f"http://a.example/?n={NUMBER}")]
    answer = ask("/echo", headers, query=f"m={NUMBER}")
    assert answer.text.count('class="tells"') == 3


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_has_its_words(kind: str) -> None:
    class Found:
        def check(self, _: Any) -> list[tuple[Finding, ...]]:
            return [tuple(Finding("h", "header", "x-a", kind, e) for e in ("opaque", "hex"))]

    checker: Any = Found()
    answer = ask("/echo", [("x-a", "1")], to=Echo(checker))
    assert "by its name" in answer.text
    assert "written as hex" in answer.text


def test_it_keeps_nothing_and_sets_nothing() -> None:
    answer = ask("/echo", LEAK)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_machines_read_the_same() -> None:
    answer = ask("/echo.json", [*LEAK, ("accept", "*/*")])
    assert json.loads(answer.text) == {
        "target": "/echo.json",
        "headers": [["x-up-calling-line-id", NUMBER], ["accept", "*/*"]],
        "findings": [
            {
                "where": "header",
                "name": "x-up-calling-line-id",
                "class": "msisdn",
                "encoding": "plain",
            }
        ],
    }


def test_it_speaks_the_language_that_is_asked_for() -> None:
    assert '<html lang="de">' in ask("/echo", [("accept-language", "de-AT,en;q=0.5")]).text
    assert '<html lang="en-gb">' in ask("/echo", [("accept-language", "xx, ;;")]).text


def test_an_encrypted_request_is_said_to_prove_nothing() -> None:
    assert "This request was encrypted" in ask("/echo", [], scheme="https").text
    assert "This request was encrypted" not in ask("/echo", []).text


def test_what_came_cannot_become_part_of_the_page() -> None:
    answer = ask("/echo", [("x-a", "<script>alert(1)</script>")], query="<b>")
    assert "<script>" not in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/echo.css", {}, 200),
        ("/elsewhere", {}, 404),
        ("/echo", {"method": "POST"}, 405),
        ("/echo", {"method": "HEAD"}, 200),
    ],
)
def test_nothing_else_is_there(path: str, more: dict[str, str], status: int) -> None:
    answer = ask(path, LEAK, **more)
    assert answer.status == status
    assert (answer.text == "") == (more.get("method") == "HEAD")


def test_too_much_is_refused() -> None:
    assert ask("/echo", [("x-a", "7" * 70_000)]).status == 431


def test_the_desk_has_the_page_at_its_door_with_headers_as_they_came() -> None:
    answer = ask("/echo.json", [("x_up_calling_line_id", NUMBER)], to=door.Door())
    assert [one["name"] for one in json.loads(answer.text)["findings"]] == ["x_up_calling_line_id"]
