"""Calls on a line stand beside the channels, are compared where their need is known, and can go."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rejoinder.cli import main
from rejoinder.plumbing import clock
from rejoinder.reporting.lines import keeping
from rejoinder.reporting.lines.read import BadLinesError
from rejoinder.reporting.models import LineImport, LineWait
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.api.program import Program
from tests.reporting.test_waits import answered
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LINE = "0800 care line"


def calls(many: int = 12, seconds: float = 7200, need: str = "common") -> bytes:
    rows = [f"2026-03-02T08:{at % 60:02},{seconds + at},yes,{need}" for at in range(many)]
    return "\n".join(["at,seconds,answered,need", *rows]).encode()


def network() -> None:
    """Twelve people on the network, each answered after a minute."""
    for at in range(12):
        answered(stage.says(f"P{at}", "no signal", minutes_ago=90), minutes_ago=89)


def test_a_line_is_brought_in_once_and_taken_out() -> None:
    row = keeping.bring_in(people.dan(), f" {LINE} ", calls())
    now = clock.now()
    found = keeping.waits(now - timedelta(days=1), now)
    assert (row.calls, {wait.channel for wait in found}) == (12, {LINE})
    with pytest.raises(BadLinesError, match="before"):
        keeping.bring_in(people.dan(), LINE, calls())
    keeping.take_out(row, people.dan())
    assert not LineWait.objects.exists()
    keeping.bring_in(people.dan(), LINE, calls())
    did = AuditLine.objects.values_list("action", flat=True).order_by("pk")
    assert list(did) == [
        "brought in the waits of a line",
        "took out the waits of a line",
        "brought in the waits of a line",
    ]


def test_only_who_steers_and_only_under_a_name_of_its_own() -> None:
    with pytest.raises(NotAllowedError):
        keeping.bring_in(people.alice(), LINE, calls())
    for name in ("", "x" * 41, "phone"):
        with pytest.raises(BadLinesError):
            keeping.bring_in(people.dan(), name, calls())
    assert not LineImport.objects.exists()


def test_phone_and_network_stand_side_by_side_and_the_sentence_names_the_line(dan: Client) -> None:
    network()
    assert "Calls that were taken elsewhere are not in it." not in text(dan.get("/reports"))
    keeping.bring_in(people.dan(), LINE, calls())
    page = text(dan.get("/reports"))
    assert f"On {LINE} people waited 1 h 59 min longer" in page
    assert f"Calls on {LINE} are in it as their own system told them" in page
    rows = dan.get("/reports?as=json").json()
    assert {each["label"]: each["people"] for each in rows["channel"]} == {"Bluesky": 12, LINE: 12}
    assert rows["all"][0]["people"] == 12


def test_where_the_need_is_not_known_nothing_is_compared_and_it_is_said(dan: Client) -> None:
    network()
    keeping.bring_in(people.dan(), LINE, calls(need=""))
    page = text(dan.get("/reports"))
    assert "Too few people in the same need" in page
    assert LINE in page


def test_on_the_page_a_wrong_file_is_said_and_a_right_one_is_kept(dan: Client) -> None:
    wrong = {"line": LINE, "calls": SimpleUploadedFile("calls.csv", b"at\n")}
    assert "no column seconds" in notices(dan.post("/reports/lines", wrong, follow=True))
    right = {"line": LINE, "calls": SimpleUploadedFile("calls.csv", calls())}
    page = dan.post("/reports/lines", right, follow=True)
    assert "12 calls were brought in." in notices(page)
    assert "12 calls, 2 Mar 2026 to 2 Mar 2026" in text(page)
    row = LineImport.objects.get()
    page = dan.post(f"/reports/lines/{row.pk}/out", follow=True)
    assert "gone from the reports" in notices(page)
    assert "Choose a CSV file" in notices(dan.post("/reports/lines", {"line": LINE}, follow=True))


def test_a_program_brings_them_in_and_takes_them_out() -> None:
    program = Program(people.dan())
    call = {"at": "2026-03-02T08:00:00Z", "seconds": 90, "answered": True, "need": "urgent"}
    made = program.post("/reports/lines", {"line": LINE, "calls": [call]}).json()["id"]
    again = program.post("/reports/lines", {"line": LINE, "calls": [call]})
    assert again.status_code == 409
    assert LineWait.objects.get().need == 0
    assert program.post(f"/reports/lines/{made}/out").json() == {"done": True}


def test_the_command_says_what_it_brought_in(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path_factory.mktemp("calls") / "calls.csv"
    file.write_bytes(calls())
    assert main(["line-waits", str(file), "--line", LINE]) == 0
    assert capsys.readouterr().out == f"{LINE}: 12 calls, 2026-03-02 to 2026-03-02\n"
    assert main(["line-waits", str(file), "--line", LINE]) == 2
    assert "before" in capsys.readouterr().err
    assert main(["line-waits", str(file) + "x", "--line", LINE]) == 2
