"""`rejoinder labels`: what advisors corrected comes out as `rejoinder train` takes it in."""

import json
from pathlib import Path

import pytest

from rejoinder.cli import main
from rejoinder.listening import correct
from rejoinder.listening.learn import own
from tests.people import alice
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db


def test_the_last_word_on_each_mention(capsys: pytest.CaptureFixture[str]) -> None:
    tom, tina = last(wrote("Tom", "no signal")), last(wrote("Tina", "my bill is wrong"))
    correct.correct(tom, alice(), "intent", "coverage")
    correct.correct(tina, alice(), "intent", "sales")
    correct.correct(tina, alice(), "intent", "billing")
    correct.correct(tina, alice(), "need", "specific")
    assert main(["labels", "--field", "intent"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        {"id": tom.pk, "text": "no signal", "label": "coverage"},
        {"id": tina.pk, "text": "my bill is wrong", "label": "billing"},
    ]


def test_a_desk_learns_from_its_advisors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {"billing": "my bill of month {} is wrong", "device": "the screen of phone {} is black"}
    for intent, text in said.items():
        for number in range(8):
            mention = last(wrote(f"{intent}{number}", text.format(number)))
            correct.correct(mention, alice(), "intent", intent)
    main(["labels", "--field", "intent"])
    (tmp_path / "labels").write_text(capsys.readouterr().out, encoding="utf-8")
    model = tmp_path / "own"
    given = ["--field", "intent", "--labels", str(tmp_path / "labels"), "--model", str(model)]
    assert main(["train", *given]) == 0
    guess = own.load(model).read(["why is my bill wrong again"])[0]["intent"]
    assert guess.label == "billing"


def test_a_field_that_is_none_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["labels", "--field", "mood"])
    assert ended.value.code == 2
    assert "mood" in capsys.readouterr().err
