"""Requests as the team answers them: opened by an advisor, granted by a lead."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from rejoinder.desk.models import RightsRequest
from rejoinder.listening.models import Mention
from rejoinder.plumbing import backup, clock
from rejoinder.plumbing.config import config
from rejoinder.privacy import contacts, objections
from rejoinder.privacy.retention import holds
from rejoinder.privacy.vault import Person
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def ask(client: Client, kind: str, name: str = "Tom") -> RightsRequest:
    talk = stage.says(name, f"what do you know of me, asks {name}")
    form = {
        "conversation": f"http://testserver/c/{talk.public_id}",
        "kind": kind,
        "came_at": "2026-03-02T08:00",
    }
    page = client.post("/rights/open", form, follow=True)
    assert page.status_code == 200, notices(page)
    return RightsRequest.objects.latest("pk")


def at(request: RightsRequest, what: str = "") -> str:
    return f"/rights/{request.public_id}{what}"


def test_an_advisor_opens_a_request_and_sees_its_month(alice: Client) -> None:
    request = ask(alice, "access")
    assert "due by the end of 2 Apr 2026" in text(alice.get(at(request)))
    page = alice.get("/rights")
    assert "A copy of what is kept of them" in text(page)
    alice.post(at(request, "/ask-who"))
    assert "stands still" in text(alice.get(at(request)))


def test_what_is_missing_is_said_and_what_was_typed_stays(alice: Client) -> None:
    page = alice.post("/rights/open", {"conversation": "/c/nobody", "kind": "access"})
    assert page.status_code == 422
    assert "/c/nobody" in source(page)
    for form in ({"kind": "all"}, {"kind": "access", "came_at": "09:00", "conversation": "x"}):
        assert notices(alice.post("/rights/open", form))


def test_a_copy_leaves_after_they_showed_who_they_are(alice: Client, dan: Client) -> None:
    request = ask(alice, "access")
    assert "A copy to read" not in text(dan.get(at(request)))
    assert "who they are" in notices(dan.post(at(request, "/copy"), follow=True))
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    told = json.loads(dan.post(at(request, "/copy"), {"as": "json"}).content)
    assert "asks Tom" in json.dumps(told)
    page = dan.post(at(request, "/copy"), {"as": "html"})
    assert "attachment" in page["Content-Disposition"]
    assert "asks Tom" in source(page)
    dan.post(at(request, "/answer"), {"outcome": "done", "why": "Sent in private."})
    page = dan.get(at(request))
    assert "answered 09:00" in text(page)
    assert "Sent in private." in text(dan.get(at(request)))
    assert "Answered" in text(dan.get("/rights"))


def test_an_erasure_waits_for_a_legal_hold(dan: Client) -> None:
    request = ask(dan, "erasure")
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    person = request.conversation.person
    far = clock.now() + (clock.now() - request.came_at) * 9
    hold = holds.place(
        people.dan(), Person(person.channel, person.external_id), "Case 7", far, people.dan()
    )
    page = dan.get(at(request))
    assert "A legal hold stands" in text(page)
    assert "Erase all that is kept" not in text(page)
    assert "Case 7" in notices(dan.post(at(request, "/erase")))
    holds.end(hold, people.dan())
    page = dan.post(at(request, "/erase"), follow=True)
    assert "erased." in notices(page)
    assert not Mention.objects.filter(text__contains="Tom").exists()


def test_an_erasure_says_when_the_last_older_backup_is_deleted(
    dan: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = config().model_copy(update={"keys": tmp_path, "backup_days": 10})
    monkeypatch.setattr(backup, "config", lambda: given)
    made = clock.now() - timedelta(days=3)
    (tmp_path / "backups").write_text(f"{made.isoformat()}\n", encoding="ascii")
    request = ask(dan, "erasure")
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    assert "older backup" not in text(dan.get(at(request)))
    page = text(dan.post(at(request, "/erase"), follow=True))
    until = made + timedelta(days=10)
    assert f"The last older backup is deleted on {until.day} {until:%B %Y}" in page


def test_who_objects_is_listened_to_no_more(dan: Client) -> None:
    request = ask(dan, "objection")
    assert "not done yet" not in notices(dan.post(at(request, "/silence")))
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    page = dan.post(at(request, "/answer"), {"outcome": "done", "why": "done"})
    assert page.status_code == 422
    dan.post(at(request, "/silence"))
    person = request.conversation.person
    assert objections.of([Person(person.channel, person.external_id)])
    dan.post(at(request, "/answer"), {"outcome": "done", "why": "done"})
    request.refresh_from_db()
    assert request.outcome == "done"


def test_a_refusal_keeps_its_reason_and_an_advisor_grants_nothing(
    alice: Client, dan: Client
) -> None:
    request = ask(alice, "correction")
    assert "A lead or an owner answers it." in text(alice.get(at(request)))
    assert alice.post(at(request, "/answer"), {"why": "x"}).status_code == 403
    dan.post(at(request, "/answer"), {"outcome": "refused", "why": "It is right as it stands."})
    page = text(alice.get(at(request)))
    assert "Refused" in page
    assert "It is right as it stands." in page


def test_two_months_more_are_said_within_the_first_and_once(dan: Client) -> None:
    request = ask(dan, "access")
    assert dan.post(at(request, "/extend"), {"longer": " "}).status_code == 422
    page = dan.post(at(request, "/extend"), {"longer": "four years of calls"}, follow=True)
    assert "four years of calls" in text(page)
    assert "due by the end of 2 Jun 2026" in text(page)
    assert "no second time" in notices(dan.post(at(request, "/extend"), {"longer": "more"}))
    assert AuditLine.objects.filter(action="extended a request by a person's rights").count() == 1


def test_after_the_month_it_cannot_be_extended_any_more(dan: Client) -> None:
    request = ask(dan, "access")
    clock.turn(timedelta(days=40))
    assert "within it" in notices(dan.post(at(request, "/extend"), {"longer": "much to look at"}))
    request.refresh_from_db()
    assert request.extended_at is None


def test_an_objection_is_lifted_where_it_was_made(alice: Client, dan: Client) -> None:
    request = ask(dan, "objection")
    assert dan.post(at(request, "/hear-again")).status_code == 422
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    dan.post(at(request, "/silence"))
    dan.post(at(request, "/answer"), {"outcome": "done", "why": "not listened to"})
    author = request.conversation.person
    person = Person(author.channel, author.external_id)
    assert objections.of([person]) == {person}
    assert "Listen to them again" not in text(alice.get(at(request)))
    assert "Listen to them again" in text(dan.get(at(request)))
    dan.post(at(request, "/hear-again"))
    assert objections.of([person]) == set()
    assert "objection stands" not in text(dan.get(at(request)))
    assert dan.post(at(request, "/hear-again")).status_code == 422
    assert AuditLine.objects.filter(action="listens to a person again").count() == 1


def test_other_accounts_are_added_on_the_page(dan: Client) -> None:
    request, other = ask(dan, "access"), stage.says("Tom at work", "also me, says Tom")
    wrong = {"conversation": "/c/nobody", "shown": "the same code"}
    page = dan.post(at(request, "/account"), wrong)
    assert page.status_code == 422
    assert "the same code" in source(page)
    dan.post(at(request, "/account"), {**wrong, "conversation": f"/c/{other.public_id}"})
    shown = text(dan.get(at(request)))
    assert "Tom at work" in shown
    assert "the same code" in shown
    dan.post(at(request, "/prove"), {"how": "wrote from the account itself"})
    made = source(dan.post(at(request, "/copy"), {"as": "html"}))
    assert "asks Tom" in made
    assert "also me" in made
    assert "Add an account" not in text(dan.get(at(request)))


def test_a_wrong_number_is_put_right_on_the_page(dan: Client) -> None:
    request = ask(dan, "correction")
    person = request.conversation.person
    contacts.seal([contacts.Reach(person.channel, person.external_id, "phone", "07700 900123")])
    assert "Put it right" not in text(dan.get(at(request)))
    dan.post(at(request, "/prove"), {"how": "showed a passport"})
    assert "Phone number" in source(dan.get(at(request)))
    page = dan.post(at(request, "/correct"), {"field": "email", "value": "tom@example.com"})
    assert page.status_code == 422
    assert "tom@example.com" not in source(page)
    right = {"field": "phone", "value": "07700 900124"}
    page = dan.post(at(request, "/correct"), right, follow=True)
    assert "Put right." in notices(page)
