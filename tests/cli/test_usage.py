"""Each command explains itself; bad usage is one sentence and 2."""

from types import ModuleType

import pytest

from rejoinder.cli import commands, main

PROMISED = {
    "backup",
    "count",
    "doctor",
    "import",
    "listen",
    "migrate",
    "restore",
    "send",
    "sign-in-link",
    "triage",
    "up",
    "web",
    "work",
}


def test_the_promised_commands_are_there() -> None:
    assert {command.NAME for command in commands()} >= PROMISED


@pytest.mark.parametrize("command", commands(), ids=lambda command: str(command.NAME))
def test_help_shows_an_example(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command.NAME, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert f"example: {command.EXAMPLE}" in said
    assert "rejoinder" in command.EXAMPLE


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["nonsense"], "invalid choice: 'nonsense'"),
        (["backup"], "the following arguments are required: file"),
        (["up", "--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_bad_usage_is_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
