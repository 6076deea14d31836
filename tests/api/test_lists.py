"""What leads keep, kept by a program."""

import pytest

from rejoinder.desk.models import BusinessArea, Expert, GuidelineVersion, Tag
from rejoinder.team.models import AuditLine
from tests import people
from tests.api.program import Program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def program(db: None) -> Program:
    return Program(people.dan())


def test_a_tag_from_its_making_to_its_end(program: Program) -> None:
    made = program.post("/tags", {"name": "leeds"}, key="tag-00001").json()["id"]
    again = program.post("/tags", {"name": "leeds"}, key="tag-00001").json()["id"]
    program.post(f"/tags/{made}", {"name": "Leeds"})
    listed = program.get("/tags").json()
    gone = program.post(f"/tags/{made}/remove", key="tag-00002")
    told = program.post(f"/tags/{made}/remove", key="tag-00002")

    assert made == again
    assert listed == [{"id": made, "name": "Leeds"}]
    assert gone.json() == told.json() == {"done": True}
    assert not Tag.objects.exists()
    assert AuditLine.objects.filter(detail__token=program.token.pk).count() == 3


def test_reasons_saved_replies_and_own_contacts(program: Program) -> None:
    reason = program.post("/close-reasons", {"name": "moved away"}).json()["id"]
    reply = program.post("/saved-replies", {"name": "mast", "text": "A mast is down."}).json()["id"]
    program.post(f"/saved-replies/{reply}", {"name": "mast", "text": "A mast was down."})
    ours = program.post("/own-contacts", {"kind": "domain", "text": "northwind.example"})

    assert {"id": reason, "name": "moved away"} in program.get("/close-reasons").json()
    assert program.get("/saved-replies?words=mast").json()[0]["text"] == "A mast was down."
    assert program.get("/own-contacts").json()[0]["text"] == "northwind.example"
    program.post(f"/close-reasons/{reason}/remove")
    program.post(f"/saved-replies/{reply}/remove")
    program.post(f"/own-contacts/{ours.json()['id']}/remove")
    assert reason not in [each["id"] for each in program.get("/close-reasons").json()]
    assert program.get("/saved-replies").json() == program.get("/own-contacts").json() == []


def test_areas_with_whom_one_can_ask(program: Program) -> None:
    area = program.post("/areas", {"name": "Network", "intents": ["outage"]}).json()["id"]
    expert = {"name": "Edith", "email": "edith@example.com", "language": "xx"}
    made = program.post(f"/areas/{area}/experts", expert).json()["id"]

    assert program.get("/areas").json() == [
        {"id": area, "name": "Network", "experts": [{"id": made, "name": "Edith"}]}
    ]
    assert Expert.objects.get().language == "en-gb"
    program.post(f"/experts/{made}/remove")
    program.post(f"/areas/{area}/end")
    assert BusinessArea.objects.get().ended_at is not None
    assert program.post(f"/areas/{area}", {"name": "Masts"}).status_code == 404


def test_a_guideline_is_written_over_only_by_who_read_it(program: Program) -> None:
    rule = {"title": "Say when", "text": "A promise has a time."}
    program.post("/guidelines", rule)
    [kept] = program.get("/guidelines").json()
    at = f"/guidelines/{kept['id']}"
    blind = program.post(at, rule | {"text": "Otherwise"})
    seen = program.post(at, rule | {"text": "Each promise has a time.", "seen": kept["number"]})
    [newer] = program.get("/guidelines").json()
    comment = program.post(f"/guidelines/versions/{newer['version']}/comment", {"text": "Good."})
    program.post(f"/guidelines/comments/{comment.json()['id']}/settle")
    program.post(f"{at}/retire")

    assert blind.status_code == 409
    assert seen.status_code == 200
    assert newer["text"] == "Each promise has a time."
    assert GuidelineVersion.objects.count() == 2
    assert program.get("/guidelines").json() == []
