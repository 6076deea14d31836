"""Alice asks for consent where nobody else reads it, and writes down what Tom said."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import Draft
from rejoinder.listening.models import Conversation, Mention
from rejoinder.privacy import contacts
from rejoinder.privacy.models import Consent
from tests import people
from tests.api.program import Program
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
LAST = "2026-06-01"


def wrote(words: str = "yes, you may", *, public: bool = False) -> Conversation:
    talk = stage.says("Tom", words, public=public)
    person = talk.person
    contacts.seal([contacts.Reach(person.channel, person.external_id, "phone", "07700 900123")])
    return talk


def at(talk: Conversation, name: str, *more: object) -> str:
    return reverse(name, args=[talk.public_id, *more])


def answer(where: object, said: str = "yes") -> dict[str, object]:
    given = {"purpose": "marketing", "field": "phone", "last_day": LAST}
    return given | {"where": where, "answer": said}


def test_what_they_wrote_privately_counts_until_they_take_it_back(alice: Client) -> None:
    talk = wrote()
    page = text(alice.get(at(talk, "conversation")))
    assert "serves to answer them, and nothing else" in page
    mention = Mention.objects.get()
    assert "yes, you may" in text(alice.get(at(talk, "consent")))

    page_ = alice.post(at(talk, "keep-consent"), answer(mention.pk), follow=True)
    assert "can be taken back at any time" in notices(page_)
    assert "Yes, until 1 Jun 2026" in text(page_)
    row = Consent.objects.get()
    assert (row.source, row.way) == (f"mention {mention.pk}", "message")
    page_ = alice.post(at(talk, "withdraw-consent", row.pk), follow=True)
    assert "Taken back" in text(page_)
    assert alice.post(at(talk, "withdraw-consent", row.pk)).status_code == 404


def test_a_yes_that_everybody_reads_is_none(alice: Client) -> None:
    talk = wrote(public=True)
    page = alice.post(at(talk, "keep-consent"), answer(Mention.objects.get().pk))
    assert page.status_code == 422
    assert "Choose the private message" in notices(page)
    assert not Consent.objects.exists()


def test_on_the_telephone_the_words_are_read_and_a_no_is_kept(alice: Client) -> None:
    talk = wrote()
    page = alice.post(at(talk, "keep-consent"), answer("call", "no"), follow=True)
    assert "they said no" in notices(page)
    assert Consent.objects.get().source == "call"


@pytest.mark.parametrize(
    "wrong", [{"where": ""}, {"answer": ""}, {"last_day": "soon"}, {"where": "9" * 30}]
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    alice: Client, wrong: dict[str, object]
) -> None:
    talk = wrote()
    page = alice.post(at(talk, "keep-consent"), answer("call") | wrong)
    assert page.status_code == 422
    assert not Consent.objects.exists()


def test_the_question_stands_in_a_private_reply(alice: Client) -> None:
    talk = stage.says("Tom", "no signal", channel="mastodon")
    given = {"purpose": "service-notice", "last_day": LAST}
    alice.post(at(talk, "ask-consent"), given)
    draft = Draft.objects.get()
    assert "until 1 June 2026?" in draft.text
    assert draft.private


def test_where_nobody_can_be_asked_privately_it_says_so(alice: Client) -> None:
    talk = stage.says("Tom", "no signal", channel="flickr")
    page = alice.post(at(talk, "ask-consent"), {"purpose": "marketing", "last_day": LAST})
    assert "no way to answer one person alone" in notices(page)
    assert not Draft.objects.exists()


def test_who_told_no_contact_is_asked_nothing(alice: Client) -> None:
    talk = stage.says("Rosa", "hello")
    assert "Consent" not in text(alice.get(at(talk, "conversation")))
    assert "nothing to agree to" in text(alice.get(at(talk, "consent")))
    page = alice.post(at(talk, "keep-consent"), answer("call"))
    assert "No contact of this kind" in notices(page)


def test_a_lead_changes_how_it_is_asked_and_an_auditor_reads_it(dan: Client, ann: Client) -> None:
    given = {"purpose": "marketing", "language": "en-gb", "text": "Offers, until {until}?"}
    dan.post(reverse("write-consent-words"), given)
    page = dan.post(reverse("write-consent-words"), given | {"text": "Offers?"})
    assert page.status_code == 422
    assert "Offers?" in text(page)
    assert "Offers, until {until}?" in text(ann.get(reverse("consent-words")))


def test_a_program_writes_it_down_and_takes_it_back() -> None:
    talk = wrote()
    program, here = Program(people.alice()), f"/conversations/{talk.public_id}/consent"
    given = {"field": "phone", "purpose": "marketing", "last_day": LAST, "yes": True}
    kept = program.post(here, given | {"mention": Mention.objects.get().pk}).json()
    assert kept["holds"]
    assert [each["id"] for each in program.get(here).json()] == [kept["id"]]
    assert program.post(here, given | {"mention": 0}).status_code == 409
    gone = program.post(f"{here}/{kept['id']}/withdraw").json()
    assert (gone["id"], gone["holds"]) == (kept["id"], False)
