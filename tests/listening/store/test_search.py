"""Whatever an advisor types finds what people said, newest first, a page at a time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rejoinder.listening.models import Mention
from rejoinder.listening.store.search import conversations, search, terms
from tests.listening.said import delete, edit, hear, post
from tests.people import alice, ann, charlie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def found(typed: str) -> list[str]:
    return [mention.external_id for mention in search(alice(), typed).mentions]


@pytest.fixture
def street() -> None:
    """What the street said that morning."""
    hear(
        post("1", text="@brand no signal in High Street, 2G only"),
        post("2", "Tina", "No bars. Is the SIGNAL gone for everybody?"),
        post("3", text="The café has Wi-Fi, thanks #brandfail"),
        post("4", "Tina", "signal signalling signals don't"),
        post("5", text="明日は 雨 でしょう"),
    )


@pytest.mark.usefixtures("street")
@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("signal", ["4", "2", "1"]),
        ("SIGNAL no", ["2", "1"]),
        ('"no signal"', ["1"]),
        ('"signal no"', []),
        ("sign*", ["4", "2", "1"]),
        ("signals", ["4"]),
        ("signal -street", ["4", "2"]),
        ('signal -"no bars" -street', ["4"]),
        ("#brandfail", ["3"]),
        ("wi-fi", ["3"]),
        ("don't", ["4"]),
        ("雨", ["5"]),
        ("2g", ["1"]),
        ("-signal", []),
        ("", []),
        ('"', []),
        ("' OR 1=1 --", []),
        ("AND OR NOT NEAR(", []),
        ("signal'); DROP TABLE listening_mention; --", []),
        ("nobody-said-this", []),
    ],
)
def test_words_find_what_was_said(typed: str, ids: list[str]) -> None:
    assert found(typed) == ids


@pytest.mark.usefixtures("street")
@pytest.mark.parametrize("typed", ["signal", "sign*", "signal -street", "-signal", "", "雨"])
def test_conversations_are_those_of_the_mentions_found(typed: str) -> None:
    mentions = search(alice(), typed).mentions
    assert conversations(alice(), typed, 50) == [each.conversation_id for each in mentions]
    assert conversations(ann(), typed, 50) == []


def test_pages_go_back_in_time_and_end() -> None:
    hear(*(post(str(n), text=f"no signal {n}") for n in range(25)))
    first = search(alice(), "signal", size=10)
    second = search(alice(), "signal", first.older, size=10)
    third = search(alice(), "signal", second.older, size=10)
    pages = [[int(m.external_id) for m in page.mentions] for page in (first, second, third)]
    assert pages == [list(range(24, 14, -1)), list(range(14, 4, -1)), list(range(4, -1, -1))]
    assert third.older is None


def test_an_edit_is_found_by_its_new_words_and_a_deletion_by_none() -> None:
    hear(post("1", text="no signal"), post("2", "Tina", text="no signal either"))
    hear(edit("1", "no broadband"), delete("2"))
    assert (found("signal"), found("either"), found("broadband")) == ([], [], ["1"])
    hear(edit("1", "all well again"))
    assert (found("broadband"), found("well")) == ([], ["1"])


@pytest.mark.usefixtures("street")
def test_only_those_who_may_read_find_anything() -> None:
    assert search(ann(), "signal").mentions == []
    assert search(charlie(), "signal").mentions == []


def test_a_very_long_word_or_text_is_no_trouble() -> None:
    hear(post("1", text="x" * 10_000 + " signal"))
    assert found("signal") == ["1"]
    assert found("x" * 5_000) == []


class Anything(TestCase):
    """Text of any kind, typed into the field."""

    @given(st.text(max_size=60))
    def test_is_no_error(self, typed: str) -> None:
        typed = typed.encode("utf-8", "ignore").decode()
        assert search(alice(), typed).mentions == list(Mention.objects.none())

    @given(st.text(alphabet="ab\"-*&|!:()'<> \\%_", max_size=30))
    def test_made_of_operators_is_no_error(self, typed: str) -> None:
        assert search(alice(), typed).mentions == []


@given(st.text(max_size=80))
def test_terms_hold_only_word_characters(typed: str) -> None:
    words = [word for term in terms(typed) for word in term.words]
    assert all(re.fullmatch(r"\w+", word) for word in words)
