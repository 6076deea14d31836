"""A marketer's list, on its page and on the command line: what is for security matches nobody."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rejoinder.cli import main
from rejoinder.privacy.models import LedgerEntry
from tests.privacy.stage import GRANNY, TINA, TOM, keep
from tests.web.pages import source, text

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = {"tom": "+447700900123", "tina": "+447700900456", "granny": "+447700900789"}
LIST = {name: sha256(number.encode()).hexdigest() for name, number in NUMBERS.items()}
WHY = "spring offer, told 07700 900123"


def tried(client: Client, lines: str = "\n".join(LIST.values()), **values: str) -> Any:
    file = BytesIO(lines.encode())
    file.name = "list.txt"
    given = {"field": "phone", "why": WHY, "list": file} | values
    return client.post("/audience/match", given)


def test_only_those_who_granted_marketing_come_back_as_a_file(dan: Client, ann: Client) -> None:
    keep(TOM, purposes=["care-reply", "marketing"])
    keep(TINA)
    answer = tried(dan)
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.decode() == LIST["tom"] + "\n"
    page = text(dan.get("/audience"))
    assert "opened: phone 1" in page
    assert "was refused: phone 1" in page
    assert "07700" not in page
    assert "was refused: phone" in text(ann.get("/openings", {"refused": "1"}))


def test_what_was_given_for_security_is_refused_written_down_and_shown(dan: Client) -> None:
    for person in (TOM, TINA, GRANNY):
        keep(person, "security-phone", ["account-security"])
    answer = tried(dan, field="security-phone")
    assert answer.status_code == 422
    page = text(answer)
    assert "Nobody granted 'marketing' for 'security-phone'" in page
    assert "Dan was refused: security-phone 3" in page
    assert "only for: account-security" in page
    assert not any(one in source(answer) for one in LIST.values())
    assert LedgerEntry.objects.get().many == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"lines": f"{LIST['tom']}\n07700 900124"}, "Line 2 is no SHA-256 hash"),
        ({"lines": " \n"}, "The list is empty"),
        ({"lines": "\x00\xff"}, "Line 1 is no SHA-256 hash"),
        ({"field": "nothing"}, "Say what the list was made from."),
        ({"why": " "}, "Say in a few words what the list is for."),
        ({"list": ""}, "Choose a file"),
    ],
)
def test_what_is_no_list_opens_nothing(dan: Client, given: dict[str, str], said: str) -> None:
    keep(TOM, purposes=["marketing"])
    answer = tried(dan, **given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "900124" not in source(answer)
    assert not LedgerEntry.objects.exists()


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(TOM, purposes=["marketing"])
    keep(TINA, "security-phone", ["account-security"])
    file = tmp_path / "list.txt"
    file.write_text("\n".join([LIST["tom"].upper(), LIST["tina"]]), encoding="ascii")
    words = ["audience", str(file), "--why", "spring offer", "--field"]
    assert main([*words, "phone"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "field": "phone",
        "asked": 2,
        "matched": [LIST["tom"]],
    }
    assert main([*words, "security-phone"]) == 1
    assert "The attempt is written down" in capsys.readouterr().err
    file.write_text("07700 900123", encoding="ascii")
    assert main([*words, "phone"]) == 2
    assert "900123" not in capsys.readouterr().err
