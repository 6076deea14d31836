"""Taking, answering and closing by a program: as on the page, once, and where nothing moved."""

from datetime import timedelta

import pytest

from rejoinder.desk import actions as desk
from rejoinder.desk.models import Assignment, Draft, Note
from rejoinder.listening.models import Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team import tokens
from rejoinder.team.models import ApiCall, AuditLine
from tests import people
from tests.api.program import Program
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_from_the_queue_to_a_closed_conversation(program: Program) -> None:
    talk = stage.says("Tom", "no signal in Leeds since noon", need=Need.SPECIFIC)
    at = f"/conversations/{talk.public_id}"

    [row] = program.get("/conversations?view=free").json()["rows"]
    taken = program.post("/take-next").json()["conversation"]
    put = program.put(f"{at}/draft", {"text": "We are looking"})
    drafted = program.get(f"{at}/draft").json()
    sent = program.post(f"{at}/send", {"text": "We are looking into it, Tom."}).json()
    note = program.post(f"{at}/note", {"text": "mast 14?"})
    closed = program.post(f"{at}/close", {"why": "answered"}).json()

    assert (row["need"], row["state"], row["last"]["text"]) == (
        "specific",
        "waiting",
        "no signal in Leeds since noon",
    )
    assert taken["id"] == row["id"] == str(talk.public_id)
    assert taken["holder"] == str(people.alice().public_id)
    assert put.status_code == note.status_code == 200
    assert drafted["text"] == "We are looking"
    assert sent["state"] == "queued"
    assert closed["state"] == "closed"
    assert Note.objects.get().text == "mast 14?"
    reply = Reply.objects.get()
    assert reply.advisor == people.alice()
    lines = {line.action: line.detail for line in AuditLine.objects.filter(actor=people.alice())}
    assert {"took", "noted on", "closed"} <= set(lines)
    assert lines["closed"]["token"] == program.token.pk

    undone = program.post(f"/replies/{sent['id']}/withdraw").json()
    assert undone["state"] == "withdrawn"
    assert Draft.objects.get().text.startswith("We are looking into it, Tom.")


def test_asked_again_with_the_same_key_it_is_done_once(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    at = f"/conversations/{talk.public_id}"

    first = program.post(f"{at}/send", {"text": "We look."}, key="send-0001")
    again = program.post(f"{at}/send", {"text": "We look."}, key="send-0001")
    other = program.post(f"{at}/send", {"text": "Otherwise"}, key="send-0001")

    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["type"]) == (422, "urn:rejoinder:key-used")
    assert Reply.objects.count() == 1


def test_a_refusal_is_told_again_too(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.bob())
    at = f"/conversations/{talk.public_id}/take"

    refused = program.post(at, key="take-0001")
    desk.let_go(talk, people.bob())
    again, fresh = program.post(at, key="take-0001"), program.post(at)

    assert refused.json()["type"] == again.json()["type"] == "urn:rejoinder:taken"
    assert refused.status_code == again.status_code == 409
    assert fresh.status_code == 200


def test_what_is_kept_of_a_call_holds_no_words_of_people(program: Program) -> None:
    talk = desk.take(stage.says("Tom Sample", "ring me on 07700 900123"), people.alice())
    at = f"/conversations/{talk.public_id}"

    program.put(f"{at}/draft", {"text": "Dear Tom Sample"})
    program.post(f"{at}/readers", {"private": False, "text": "Dear Tom Sample"})
    program.post(f"{at}/send", {"text": "Dear Tom Sample, we look."})

    kept = str(list(ApiCall.objects.values()))
    assert "Tom" not in kept
    assert "07700" not in kept


def test_no_key_no_change(program: Program) -> None:
    talk = stage.says("Tom", "no signal")

    answer = program.post(f"/conversations/{talk.public_id}/take", key=" ")

    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_a_colleague_who_took_over_meanwhile_is_not_overtaken(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    at = f"/conversations/{talk.public_id}"
    seen = program.get(at).headers["ETag"]
    desk.take_over(talk, people.dan(), "I know him")

    moved = program.post(f"{at}/close", {"why": "done"}, If_Match=seen)
    fresh = program.get(at).headers["ETag"]
    not_hers = program.post(f"{at}/send", {"text": "We look."}, If_Match=fresh)

    assert (moved.status_code, moved.json()["type"]) == (412, "urn:rejoinder:moved")
    assert (not_hers.status_code, not_hers.json()["type"]) == (409, "urn:rejoinder:not-yours")
    talk.refresh_from_db()
    assert talk.holder == people.dan()


def test_the_guard_stands_at_this_door_too(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    at = f"/conversations/{talk.public_id}"
    text = "Tom, is 07700 900123 still your number?"

    looked = program.post(f"{at}/check", {"text": text})
    held = program.post(f"{at}/send", {"text": text})
    past = program.post(f"{at}/send", {"text": text, "past": "it is our own number"})

    assert looked.json()["findings"] == held.json()["findings"]
    assert (held.status_code, held.json()["type"]) == (422, "urn:rejoinder:guarded")
    assert past.status_code == 200
    assert AuditLine.objects.filter(action="sent past the guard").exists()


def test_planned_moved_and_too_late(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    at = f"/conversations/{talk.public_id}"
    then = clock.now() + timedelta(hours=3)

    past = program.post(f"{at}/send", {"text": "x", "at": (clock.now()).isoformat()})
    naive = program.post(f"{at}/send", {"text": "x", "at": "2026-03-02T18:00:00"})
    sent = program.post(f"{at}/send", {"text": "Soon, Tom.", "at": then.isoformat()}).json()
    later = then + timedelta(hours=1)
    moved = program.post(f"/replies/{sent['id']}/time", {"at": later.isoformat()})
    Reply.objects.update(state=State.SENT)
    late = program.post(f"/replies/{sent['id']}/withdraw")

    assert past.status_code == naive.status_code == 422
    assert moved.json()["due_at"] == later.isoformat()
    assert (late.status_code, late.json()["type"]) == (409, "urn:rejoinder:too-late")


def test_handed_over_put_aside_woken_tagged(program: Program) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.alice())
    at = f"/conversations/{talk.public_id}"
    bob = str(people.bob().public_id)

    tag = Program(people.olga())  # the list is the leads' and owners'
    handed = program.post(f"{at}/hand-over", {"to": bob, "note": "you know masts"}).json()
    mine = Program(people.bob())
    until = (clock.now() + timedelta(hours=2)).isoformat()
    aside = mine.post(f"{at}/snooze", {"until": until}).json()
    woken = mine.post(f"{at}/wake").json()
    nowhere = mine.post(f"{at}/snooze", {"event": "full moon"})
    untagged = tag.post(f"{at}/untag", {"tag": "masts"})

    assert handed["holder"] == bob
    assert (aside["state"], aside["holder"]) == ("asleep", None)
    assert woken["state"] == "waiting"
    assert nowhere.status_code == 422
    assert untagged.status_code == 404


def test_two_programs_take_one_conversation(program: Program) -> None:
    talk = stage.says("Tom", "no signal")
    other = Program(people.bob())

    answers = [one.post(f"/conversations/{talk.public_id}/take") for one in (program, other)]

    assert [each.status_code for each in answers] == [200, 409]
    assert Assignment.objects.count() == 1


def test_answers_are_forgotten_after_their_time(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.post("/take-next")
    assert tokens.forget_calls() == 0
    then = clock.now() + tokens.KEPT + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: then)
    assert tokens.forget_calls() == 1
