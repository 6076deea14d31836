"""Who belongs to us and speaks of us says so, or is asked to."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk import actions, ours
from rejoinder.desk.disclosure import Tie, asking, discloses, plain, same
from rejoinder.desk.models import OwnContact
from rejoinder.privacy import rights
from rejoinder.privacy.vault import Person
from tests import people
from tests.web import stage
from tests.web.pages import text


def signed_in() -> Client:
    client = Client()
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.mark.parametrize(
    ("said", "tie", "plainly"),
    [
        ("Love the new phone! #ad", Tie.PARTNER, True),
        ("Bezahlte Partnerschaft: das neue Netz", Tie.PARTNER, True),
        ("Das neue Netz ist schnell. Werbung", Tie.PARTNER, True),
        ("I work for Northwind and the new phone is lovely", Tie.STAFF, True),
        ("Ich arbeite bei Northwind: das Netz ist toll", Tie.STAFF, True),
        ("I work for Northwind and the new phone is lovely", Tie.PARTNER, False),
        ("Had a bad day, adding it up", Tie.PARTNER, False),
        ("Best network in town", Tie.STAFF, False),
        ("My workmates like it", Tie.STAFF, False),
    ],
)
def test_what_says_so(said: str, tie: Tie, plainly: bool) -> None:
    assert discloses(said, tie) == plainly


@given(st.text(alphabet=st.characters(blacklist_characters="#"), max_size=60))
def test_a_mark_says_so_wherever_it_stands(said: str) -> None:
    assert discloses(f"{said} #ad", Tie.PARTNER)
    assert discloses(f"#Anzeige {said}", Tie.STAFF)


@given(st.text(max_size=30))
def test_a_handle_is_the_same_with_and_without_its_sign(handle: str) -> None:
    assert same(f"@{plain(handle)}", plain(handle)) == (plain(handle) == plain(plain(handle)) != "")


def test_the_words_to_ask_with_are_in_both_languages() -> None:
    assert len({asking(tie, language) for tie in Tie for language in ("en", "de-at")}) == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_colleague_who_says_nothing_is_asked_and_the_words_go_into_the_draft() -> None:
    ours.add(people.dan(), "staff", "@Tom.Example")
    tom = stage.says("Tom", "best network in town")
    actions.take(tom, people.alice())
    client = signed_in()
    page = text(client.get(reverse("conversation", args=[tom.public_id])))
    assert "Tom works with you, and the post does not say so." in page
    client.post(reverse("insert-answer", args=[tom.public_id]), {"what": "disclosure"})
    draft = actions.draft(tom, people.alice())
    assert draft is not None
    assert "please say so" in draft.text


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_strangers_and_those_who_say_so_are_left_alone() -> None:
    alice = signed_in()
    ours.add(people.dan(), "partner", "rosa.example")
    for name, said in (("Tom", "best network in town"), ("Rosa", "best network in town #ad")):
        talk = stage.says(name, said)
        actions.take(talk, people.alice())
        page = text(alice.get(reverse("conversation", args=[talk.public_id])))
        assert "does not say so" not in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("monday")
def test_whose_data_is_erased_is_off_the_list() -> None:
    ours.add(people.dan(), "partner", "tom.example")
    ours.add(people.dan(), "partner", "rosa.example")
    tom = stage.says("Tom", "hello").person
    rights.erase(Person(tom.channel, tom.external_id), people.dan().email, "asked")
    assert list(OwnContact.objects.values_list("text", flat=True)) == ["rosa.example"]
