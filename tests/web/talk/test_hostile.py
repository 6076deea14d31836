"""What people outside may write never breaks a page and never runs on it."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Mention, Person
from rejoinder.web.talk import thread
from tests import people
from tests.web import stage
from tests.web.pages import source

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NASTY = {
    "script": SCRIPT,
    "attribute": '" onmouseover="alert(1)" x="\' autofocus onfocus=alert(1) \'',
    "template": "{{ request.user.password }} {% url 'inbox' %} %(name)s {name}",
    "right to left": "\u202eolleh\u202c مرحبا \u2066x\u2069",
    "ten thousand": "a" * 10_000,
    "marks": "Z" + "\u0351\u036b\u0343" * 500,
    "lines": "\n" * 300,
    "controls": "a\x01\x07\x1b[31m\u0085\u2028b",
    "emoji": "👨‍👩‍👧‍👦" * 200,
}
PAGES = ("inbox", "mine", "taken", "search", "outbox")


@pytest.mark.parametrize("kind", NASTY)
def test_names_and_words_are_shown_as_words(alice: Client, kind: str) -> None:
    nasty = NASTY[kind]
    talk = stage.says(nasty[:300], nasty, media=[{"kind": nasty, "url": nasty, "alt": nasty}])
    Person.objects.update(handle=nasty[:300])
    desk.take(talk, people.alice())
    desk.note(talk, people.alice(), "note " + nasty)
    desk.save_draft(talk, people.alice(), nasty)

    addresses = [reverse(name) for name in PAGES]
    for address in [*addresses, reverse("conversation", args=[talk.public_id])]:
        answer = alice.get(address, {"words": nasty[:200]})
        page = source(answer)
        assert answer.status_code == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert '" onmouseover="' not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[", "", "ftp://x"])
def test_only_web_addresses_become_links(alice: Client, url: str) -> None:
    media = [{"kind": "image", "url": url, "alt": "x"}]
    talk = stage.says("Tom", "look", url=url, media=media)

    page = source(alice.get(reverse("conversation", args=[talk.public_id])))

    assert "See it on" not in page
    assert "javascript:" not in page


def test_media_that_is_not_what_it_should_be_is_still_a_line(alice: Client) -> None:
    talk = stage.says("Tom", "look")
    Mention.objects.filter(conversation=talk).update(media=[{}, {"kind": 7, "url": None}])

    assert alice.get(reverse("conversation", args=[talk.public_id])).status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        "\0",
        "%",
        "_",
        "'",
        '"',
        "NEAR(",
        "*",
        "a AND",
        "(" * 50,
        "-",
        "\ud83d".encode("utf-16", "surrogatepass").decode("latin-1"),
    ],
)
def test_any_words_can_be_searched_for(alice: Client, words: str) -> None:
    stage.says("Tom", "no signal")

    assert alice.get(reverse("search"), {"words": words}).status_code == 200


@pytest.mark.parametrize(
    "key", ["x_1", "2026-03-02T09:00:00_1", "_", "2026-03-02T09:00:00+00:00_" + "9" * 30]
)
def test_a_mistyped_place_in_a_list_shows_its_beginning(olga: Client, key: str) -> None:
    assert olga.get(reverse("audit"), {"before": key}).status_code == 200
    assert olga.get(reverse("search"), {"words": "x", "before": key}).status_code == 200


@pytest.mark.parametrize("name", ["draft", "send", "note", "close", "take-over", "hand-over"])
def test_nul_and_broken_words_in_a_form_are_no_error(alice: Client, name: str) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())
    form = {"text": "a\0b", "why": "a\0b", "note": "a\0b", "taker": "\0"}

    answer = alice.post(reverse(name, args=[talk.public_id]), form)

    assert answer.status_code in {200, 302, 403}


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.text() | st.sampled_from(["http://", "https://[", "HTTP://x"]))
def test_no_address_is_too_odd_to_be_judged(url: str) -> None:
    found = thread.web_address(url)

    assert found in {"", url}
    assert not found or found.lower().startswith(("http:", "https:"))


def test_a_conversation_of_a_deleted_mention_row_still_opens(alice: Client) -> None:
    talk = stage.says("Tom", "no signal")
    Conversation.objects.update(last_mention_id=None)
    Mention.objects.all().delete()

    for address in ("/", reverse("conversation", args=[talk.public_id])):
        assert alice.get(address).status_code == 200
