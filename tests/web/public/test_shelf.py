"""What everybody may read, from memory: whole pages, old versions, the feed, the log, visits."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from rejoinder.answers import actions, links, visits
from rejoinder.answers.models import Answer, Leaf
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.plumbing.merkle.entry import hashed
from rejoinder.plumbing.merkle.tree import Tree
from rejoinder.plumbing.merkle.verify import consistent, included
from rejoinder.team.models import Organisation
from rejoinder.web.public import render, stock
from rejoinder.web.public import shelf as shelves
from rejoinder.web.public.http import Response
from rejoinder.web.public.render import House, Shown
from rejoinder.web.public.shelf import Shelf
from tests import people
from tests.answers.newsroom import TEXT, opened, published
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

HELP = "## What should I do?\nTurn it off and on.\n- Wait.\n- See https://example.com/help today."


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    Organisation.objects.create(name="Northwind Mobile")
    yield Shelf()
    (config().data / "public-pages").unlink(missing_ok=True)


@pytest.fixture
def answer(shelf: Shelf) -> Answer:
    """No signal: published, and revised an hour later."""
    found = opened()
    published(found, f"{TEXT}\n\n{HELP}", next_update_at=clock.now() + timedelta(hours=1))
    clock.turn(timedelta(hours=1))
    text = f"{TEXT}\n\n{HELP}".replace("13:00", "17:00")
    published(
        found,
        text,
        what_changed="17:00, not 13:00. We are sorry.",
        regulators="Ofcom, 9:30",
        next_update_at=clock.now() + timedelta(hours=1),
    )
    shelf.restock()
    return found


def get(shelf: Shelf, path: str) -> Response:
    return shelf.answer("GET", path, [])


def read(shelf: Shelf, path: str) -> str:
    sent = get(shelf, path)
    assert sent.status == 200, path
    return sent.body.decode()


def told(shelf: Shelf, path: str) -> Any:
    return json.loads(read(shelf, path))


def test_the_page_says_when_what_changed_and_which_version_it_is(
    shelf: Shelf, answer: Answer
) -> None:
    page = read(shelf, "/a/no-signal-in-yorkshire")

    assert "<h1>No signal in Yorkshire</h1>" in page
    assert "Updated at 10:00, Monday 2 March 2026." in page
    assert "Next update by 11:00, even if nothing has changed." in page
    assert "17:00, not 13:00. We are sorry." in page
    assert "We told: Ofcom, 9:30." in page
    assert "This is an older version" not in page
    assert 'href="/a/no-signal-in-yorkshire/1"' in page
    assert f"/s/{answer.code}" in page
    assert '<a href="https://example.com/help" rel="nofollow">https://example.com/help</a>' in page


def test_an_older_version_stays_and_says_that_it_is_one(shelf: Shelf, answer: Answer) -> None:
    page = read(shelf, "/a/no-signal-in-yorkshire/1")

    assert "back by 13:00" in page
    assert "This is an older version." in page
    assert "Said at 09:00" in page
    assert "ld+json" not in page
    assert "noindex" in page
    assert "back by 17:00" in read(shelf, "/a/no-signal-in-yorkshire/2")


def test_structured_data_says_the_same_and_cannot_leave_its_place(shelf: Shelf) -> None:
    hostile = "</script><script>alert(1)</script> & <!-- \n\n## Why?\n</SCRIPT>"
    published(opened("A </script> question"), hostile, title="A </script> question")
    shelf.restock()

    page = read(shelf, "/a/a-script-question")

    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(data)
    assert said["@type"] == "FAQPage"
    assert [each["name"] for each in said["mainEntity"]] == ["A </script> question", "Why?"]
    assert said["mainEntity"][0]["acceptedAnswer"]["text"] == hostile.replace("## ", "").replace(
        " \n", "\n"
    )
    assert page.count("<script") == 1
    assert "alert(1)" in page


def test_nothing_that_was_not_published_is_to_be_seen(shelf: Shelf, answer: Answer) -> None:
    actions.begin(answer, people.alice())
    opened("Secret plans")
    shelf.restock()

    assert get(shelf, "/a/secret-plans").status == 404
    assert get(shelf, "/a/no-signal-in-yorkshire/3").status == 404
    assert "Secret" not in read(shelf, "/a/")
    assert "Alice" not in read(shelf, "/a/no-signal-in-yorkshire")


def test_a_withdrawn_answer_says_so_and_leaves_the_list(shelf: Shelf, answer: Answer) -> None:
    assert "No signal" in read(shelf, "/a/")
    actions.withdraw(answer, people.dan(), "It was another network.")
    shelf.restock()

    page = read(shelf, "/a/no-signal-in-yorkshire")
    assert "We took this answer back at 10:00" in page
    assert "It was another network." in page
    assert "ld+json" not in page
    assert "No signal" not in read(shelf, "/a/")
    assert get(shelf, f"/s/{answer.code}").status == 302


def test_an_edition_in_german_is_german_and_says_when_it_is_behind(
    shelf: Shelf, answer: Answer
) -> None:
    published(answer, "Sieben von zehn.", language="de", follows=1)
    shelf.restock()

    page = read(shelf, "/a/no-signal-in-yorkshire/de")

    assert '<html lang="de">' in page
    assert "2. März 2026" in page
    assert 'hreflang="en-gb"' in page
    assert 'href="/a/no-signal-in-yorkshire"' in page
    assert page.count('class="over"') == 1
    assert 'hreflang="de"' in read(shelf, "/a/no-signal-in-yorkshire")
    published(answer, "Sieben von zehn.", language="de", follows=2)
    shelf.restock()
    assert 'class="over"' not in read(shelf, "/a/no-signal-in-yorkshire/de")


def test_the_ways_to_a_person_are_the_accounts_that_are_connected(
    shelf: Shelf, answer: Answer
) -> None:
    assert "Talk to a person" not in read(shelf, "/a/no-signal-in-yorkshire")
    stage.account("northwind.example")
    shelf.restock()

    assert "northwind.example" in read(shelf, "/a/no-signal-in-yorkshire")


def test_the_feed_tells_every_change(shelf: Shelf, answer: Answer) -> None:
    actions.withdraw(answer, people.dan(), "A\x01mistake.")
    shelf.restock()

    root = ET.fromstring(get(shelf, "/a/feed.atom").body)  # noqa: S314  # our own
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")

    assert root.findtext(f"{atom}title") == "Northwind Mobile"
    assert root.findtext(f"{atom}updated") == "2026-03-02T10:00:00Z"
    assert [each.findtext(f"{atom}summary") for each in entries] == [
        "Amistake.",
        "17:00, not 13:00. We are sorry.",
        "Back by 13:00.",
    ]
    assert len({each.findtext(f"{atom}id") for each in entries}) == 3
    assert all(each.findtext(f"{atom}title") == "No signal in Yorkshire" for each in entries)


def test_anybody_can_verify_the_log(shelf: Shelf, answer: Answer) -> None:
    before = told(shelf, "/a/log")
    published(answer, TEXT + " Sorry.")
    shelf.restock()
    now = told(shelf, "/a/log")

    assert (before["size"], now["size"]) == (2, 3)
    tree = Tree()
    for entry in now["entries"]:
        assert hashed(entry["entry"]) == entry["hash"]
        tree.add(bytes.fromhex(entry["hash"]))
    assert tree.head().hex() == now["head"]
    since = told(shelf, "/a/log/2")
    assert since["head"] == before["head"]
    assert since["now"] == {"size": 3, "head": now["head"]}
    proof = [bytes.fromhex(part) for part in since["consistency"]]
    heads = bytes.fromhex(since["head"]), bytes.fromhex(now["head"])
    assert consistent(2, heads[0], 3, heads[1], proof)
    leaf = told(shelf, "/a/log/entry/1")
    path = [bytes.fromhex(part) for part in leaf["inclusion"]]
    assert included(bytes.fromhex(leaf["hash"]), 1, 3, path, heads[1])
    assert 'href="/a/log/entry/2"' in read(shelf, "/a/no-signal-in-yorkshire")


@pytest.mark.parametrize(
    "path",
    ["/a/log/9", "/a/log/x", "/a/log/entry/2", "/a/log/-1", "/a/log/" + "9" * 400, "/a/nothing",
     "/a/no-signal-in-yorkshire/9", "/s/nothing", "/a/../../etc", "/a/\udce4", "/s/", "/s", "/a"],
)  # fmt: skip
def test_other_addresses_lead_to_the_list_or_to_a_page_that_says_so(
    shelf: Shelf, answer: Answer, path: str
) -> None:
    sent = get(shelf, path)

    assert sent.status == (200 if path in {"/a", "/s", "/s/"} else 404)
    assert b"All answers" in sent.body


def test_the_short_link_counts_visits_and_nobody(shelf: Shelf, answer: Answer) -> None:
    link = f"/s/{answer.code}"
    for method in ("GET", "GET", "HEAD"):
        sent = shelf.answer(method, link, [(b"cookie", b"id=tom"), (b"referer", b"x")])
        assert (sent.status, dict(sent.headers)[b"location"]) == (302, b"/a/no-signal-in-yorkshire")
    assert get(shelf, link.upper().replace("/S/", "/s/") + "/").status == 302

    shelf.count_visits()
    shelf.count_visits()

    assert visits.total(answer) == 3


def test_visits_that_cannot_be_written_are_written_later(
    shelf: Shelf, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    get(shelf, f"/s/{answer.code}")

    def away(_: object) -> None:
        raise DatabaseError("away")

    with monkeypatch.context() as patch:
        patch.setattr(visits, "count", away)
        with pytest.raises(DatabaseError):
            shelf.count_visits()
    get(shelf, f"/s/{answer.code}")
    shelf.count_visits()

    assert visits.total(answer) == 2


def test_nothing_is_asked_of_the_database_while_somebody_waits(
    shelf: Shelf, answer: Answer
) -> None:
    paths = ("/a/", "/a/no-signal-in-yorkshire", "/a/feed.atom", "/a/log", "/a/log/1",
             f"/s/{answer.code}", "/a/nothing")  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        for path in paths:
            get(shelf, path)

    assert len(asked) == 0


def test_only_what_changed_is_made_again(
    shelf: Shelf, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(opened("Another one"))
    shelf.restock()
    made: list[str] = []
    real = render.answer

    def noted(shown: Shown, house: House) -> str:
        made.append(f"{shown.answer.slug} {shown.revision.number}")
        return real(shown, house)

    monkeypatch.setattr(render, "answer", noted)
    shelf.restock()
    assert made == []
    published(answer, TEXT)
    shelf.restock()

    assert sorted(made) == [f"no-signal-in-yorkshire {number}" for number in (1, 2, 3)]


def test_a_door_that_opens_without_a_database_serves_the_last_copy(
    shelf: Shelf, answer: Answer
) -> None:
    fresh = Shelf()
    fresh.restore()

    for path in ("/a/", "/a/no-signal-in-yorkshire/1", "/a/feed.atom", "/a/log", "/a/log/1"):
        assert get(fresh, path) == get(shelf, path)
    assert get(fresh, f"/s/{answer.code}").status == 302
    assert get(fresh, "/a/nothing").status == 404


@pytest.mark.parametrize("broken", [b"", b"\x93\x01", b"not a copy"])
def test_a_broken_copy_is_none(shelf: Shelf, answer: Answer, broken: bytes) -> None:
    (config().data / "public-pages").write_bytes(broken)
    fresh = Shelf()

    fresh.restore()

    assert get(fresh, "/a/").status == 404


def test_no_stock_yet_is_a_plain_not_found_and_nothing_is_posted() -> None:
    empty = shelves.Shelf()

    assert get(empty, "/a/").status == 404
    assert empty.answer("POST", "/a/", []).status == 405


def test_pages_carry_no_cookie_and_a_strict_policy(shelf: Shelf, answer: Answer) -> None:
    for path in ("/a/", "/a/no-signal-in-yorkshire", "/a/feed.atom", "/a/log", "/a/nothing"):
        headers = dict(get(shelf, path).headers)
        assert b"set-cookie" not in headers
        assert b"default-src 'none'" in headers[b"content-security-policy"]
        assert b"script-src" not in headers[b"content-security-policy"]
        assert headers[b"x-content-type-options"] == b"nosniff"
    (style,) = re.findall(r'href="(/a/style-[^"]+)"', read(shelf, "/a/"))
    assert b"immutable" in dict(get(shelf, style).headers)[b"cache-control"]
    assert Leaf.objects.count() == 2


def test_a_preview_is_the_page_and_says_that_it_is_none(shelf: Shelf, answer: Answer) -> None:
    draft = actions.begin(answer, people.alice())

    page = stock.preview(draft)

    assert "This is a draft. Nobody outside sees it." in page
    assert "back by 17:00" in page
    assert "ld+json" not in page


def test_a_link_to_our_own_page_leads_there_is_counted_and_ends(shelf: Shelf) -> None:
    link = links.make(
        people.alice(), "SIM", "https://northwind.example/sim?a=1", ["northwind.example"]
    )
    shelf.restock()
    sent = get(shelf, f"/s/{link.code.upper()}")
    assert sent.status == 302
    assert dict(sent.headers)[b"location"] == b"https://northwind.example/sim?a=1"
    assert shelf.answer("HEAD", f"/s/{link.code}", []).status == 302
    shelf.count_visits()
    assert [each.total for each in links.kept()] == [1]
    links.end(people.dan(), link)
    shelf.restock()
    assert get(shelf, f"/s/{link.code}").status == 404


def test_a_door_that_opens_without_a_database_knows_the_links(shelf: Shelf) -> None:
    link = links.make(people.alice(), "SIM", "https://northwind.example/", ["northwind.example"])
    shelf.restock()
    other = Shelf()
    other.restore()
    assert get(other, f"/s/{link.code}").status == 302
