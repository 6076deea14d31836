"""Crises, answers to many, incidents and impostors, worked by a program."""

from collections.abc import Iterator

import pytest

from rejoinder.channels.contract import Limit
from rejoinder.crisis.models import Planned, Promise
from rejoinder.desk.impostors import seeking
from rejoinder.desk.models import BatchItem, Impostor, PlanSettings
from rejoinder.listening.models import Conversation
from rejoinder.privacy.models import Incident
from tests import people, scene
from tests.answers.newsroom import SHORT, asks, opened, published, question, written
from tests.api.program import Program
from tests.desk.piles.test_piles import copies
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def program(db: None) -> Program:
    return Program(people.dan())


@pytest.fixture
def network() -> Iterator[None]:
    with scene.networks(Limit(name="hour", cap=50, window=3600)):
        yield


def test_a_crisis_with_another_policy_and_a_kept_promise(program: Program) -> None:
    crisis = program.post("/crises", {"name": "Outage", "reserve": 1.5}).json()["id"]
    at = f"/crises/{crisis}"
    carol = str(people.alice().public_id)
    calm = program.post(f"{at}/policy", {"reserve": 1.0, "tone": "careful", "on_call": [carol]})
    odd = program.post(f"{at}/policy", {"reserve": 400})
    program.post(f"{at}/promise", {"words": "a time", "due_at": "2026-03-02T12:00:00Z"})
    kept = program.post(f"/crises/promises/{Promise.objects.get().pk}/keep", {"words": "told them"})

    assert calm.status_code == kept.status_code == 200
    assert odd.status_code == 409
    assert Promise.objects.get().kept_at is not None


def test_an_event_is_planned_and_called_off(program: Program) -> None:
    event = {"name": "Launch", "begins": "2026-03-02T12:00:00Z", "ends": "2026-03-02T18:00:00Z"}
    made = program.post("/events", event).json()["id"]
    program.post(f"/events/{made}/call-off")
    bare = program.post("/events", event | {"begins": "2026-03-02T12:00:00"})

    assert Planned.objects.get().ended_at is not None
    assert bare.status_code == 422


def test_a_draft_is_checked_only_as_it_was_read(program: Program) -> None:
    answer = opened()
    written(answer)
    shown = program.get(f"/answers/{answer.public_id}").json()
    at = f"/answers/{answer.public_id}/check"

    old = program.post(at, {"draft_written_at": "2026-03-02T08:00:00Z"})
    now = program.post(at, {"draft_written_at": shown["draft_written_at"]})
    assert (old.status_code, now.status_code) == (409, 200)


@pytest.mark.usefixtures("network")
def test_people_are_told_in_the_words_beside_them(program: Program) -> None:
    answer = opened("No signal", question())
    published(answer)
    for name in ("Tom", "Tina"):
        asks(name, question(), "still nothing in Leeds")
    tom = Conversation.objects.get(person__name="Tom")
    one = {"conversation": str(tom.public_id), "text": f"Hello Tom. {SHORT}"}
    asked = {"kind": "pointers", "tell": [one]}

    batch = program.post(f"/answers/{answer.public_id}/tell", asked).json()["id"]
    assert [item.text for item in BatchItem.objects.all()] == [f"Hello Tom. {SHORT}"]
    assert program.post(f"/batches/{batch}/stop", {"why": "wrong words"}).json() == {"left": 1}


def test_an_incident_from_its_opening_to_its_end(program: Program) -> None:
    known = {"name": "The gateway", "aware_at": "2026-03-02T08:00:00Z", "provider": True}
    made = program.post("/incidents", known).json()["id"]
    at = f"/incidents/{made}"
    early = program.post(f"{at}/close")
    listed = program.post(f"{at}/list-names", {"references": ["hash-1", "hash-2"]}).json()
    told = program.post(f"{at}/tell", {"way": "letter"}).json()
    full = {"effects": "Fraud.", "remedy": "Fixed.", "fixed_at": "2026-03-02T08:30:00Z"}
    program.post(f"{at}/change", known | full | {"facts": "A gateway added numbers."})
    program.post(
        f"{at}/notify", {"rule": "pecr-5a", "words": "All of it.", "at": "2026-03-02T08:45:00Z"}
    )
    program.post(f"{at}/close")

    assert early.status_code == 409
    assert listed == told == {"people": 2}
    assert Incident.objects.get().closed_at is not None


def test_an_impostor_is_reported_and_ended(program: Program) -> None:
    stage.says("Tom", "no signal", thread="at://one")
    stage.person("Imp", handle="n0rthwind.example")
    stage.says("Imp", "Send me your PIN", thread="at://one")
    seeking.run()
    [found] = program.get("/impostors").json()
    tom = Conversation.objects.get(person__name="Tom")

    assert found["handle"] == "n0rthwind.example"
    program.post(f"/impostors/{found['id']}/reported")
    warned = program.post(f"/conversations/{tom.public_id}/warn-of/{found['id']}")
    program.post(f"/impostors/{found['id']}/end", {"as": "gone", "why": "the platform removed it"})
    assert warned.json()["id"] == str(tom.public_id)
    assert Impostor.objects.get().end == "gone"
    assert program.get("/impostors").json() == []


def test_a_wave_goes_into_a_pile_and_back(program: Program) -> None:
    first = copies()
    made = program.post(f"/mentions/{first.pk}/pile", {"why": "Prizes of nobody"}).json()["id"]
    [pile] = program.get("/piles").json()
    freed = program.post(f"/piles/{made}/dissolve").json()

    assert (pile["id"], pile["many"]) == (made, 12)
    assert freed == {"conversations": 12}


def test_the_plan_is_changed_and_its_course(program: Program) -> None:
    changed = program.post("/plan", {"askers": 20, "mode": "strict"})
    program.post("/plan/course", {"course": "in-turn"})
    now = program.get("/plan").json()

    assert changed.status_code == 200
    assert (now["askers"], now["mode"], now["on"]) == (20, PlanSettings.Mode.STRICT, False)
    assert program.post("/drill/end").status_code == 404


def test_a_view_is_kept_and_shown_outside(program: Program) -> None:
    asks_ = {"period": "week", "by": "channel"}
    made = program.post("/views", {"name": "Channels", "asks": asks_, "shared": True}).json()["id"]
    link = {"last": "2026-03-09", "sites": ""}
    first = program.post(f"/views/{made}/links", link, key="link-0001").json()
    again = program.post(f"/views/{made}/links", link, key="link-0001").json()

    assert [each["name"] for each in program.get("/views").json()] == ["Channels"]
    assert first["address"].startswith("http")
    assert again == {"id": first["id"]}
    assert program.post(f"/views/links/{first['id']}/end").status_code == 200
    assert program.post(f"/views/{made}/remove").status_code == 200
