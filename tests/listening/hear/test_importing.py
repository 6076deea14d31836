"""Exports of any kind come in, once, with their bad lines named; what was stopped goes on."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rejoinder import cli
from rejoinder.listening.hear import importing
from rejoinder.listening.hear.exports import LONGEST, BadFileError, Export
from rejoinder.listening.hear.importing import Refused, Tally, bring_in
from rejoinder.listening.models import Conversation, Import, Mention
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

ROWS: list[dict[str, Any]] = [
    {"id": "1", "text": "no signal", "author": "tom", "created_at": "2026-03-01T08:00:00Z"},
    {"id": "2", "text": "no signal", "author": "tina", "in_reply_to": "1"},
]
CSV = """id,text,author,created_at
1,"no
signal",tom,2026-03-01 08:00
2,no signal,tina,
"""


def brought(
    file: Path, given: dict[str, str] | None = None, channel: str = "old"
) -> tuple[Tally, list[Refused]]:
    refused: list[Refused] = []
    tally = bring_in(
        Export(file), channel, given or {}, refused=refused.append, progress=lambda _: None
    )
    return tally, refused


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def lines(rows: list[Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_jsonl_comes_in_as_if_it_had_been_heard(tmp_path: Path) -> None:
    tally, _ = brought(written(tmp_path, "posts.jsonl", lines(ROWS)))
    assert tally == Tally(read=2, kept=2, duplicates=0, refused=0)
    first, second = Mention.objects.order_by("external_id")
    assert (first.channel, first.account, first.time_known) == ("old", None, True)
    assert (second.thread, second.created_at, second.time_known) == ("1", clock.now(), False)
    assert Conversation.objects.filter(waiting_since__isnull=False).count() == 2
    assert AuditLine.objects.get().detail["kept"] == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("posts.csv", CSV),
        ("posts.tsv", CSV.replace(",", "\t")),
        ("posts.json", json.dumps(ROWS, indent=2)),
        ("no suffix, list", json.dumps(ROWS)),
        ("no suffix, lines", lines(ROWS)),
        ("no suffix, table", CSV),
        ("windows.csv", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode()),
        ("posts.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("zipped without saying so.jsonl", gzip.compress(lines(ROWS).encode(), mtime=0)),
    ],
)
def test_many_kinds_of_files_hold_the_same(tmp_path: Path, name: str, content: str | bytes) -> None:
    tally, refused = brought(written(tmp_path, name, content))
    assert (tally.kept, refused) == (2, [])
    texts = Mention.objects.order_by("external_id").values_list("text", flat=True)
    assert [" ".join(text.split()) for text in texts] == ["no signal", "no signal"]


def test_text_by_line_gets_ids_of_file_and_line(tmp_path: Path) -> None:
    file = written(tmp_path, "posts.txt", "no signal\n\nno signal\n")
    assert brought(file)[0].kept == 2, "equal texts with different ids are kept"
    ids = list(Mention.objects.order_by("pk").values_list("external_id", flat=True))
    assert [one.partition(":")[2] for one in ids] == ["1", "3"]
    assert brought(file)[0] == Tally(read=2, kept=0, duplicates=2, refused=0)


def test_the_same_file_again_is_all_duplicates(tmp_path: Path) -> None:
    file = written(tmp_path, "posts.jsonl", lines([*ROWS, ROWS[0]]))
    assert brought(file)[0] == Tally(read=3, kept=2, duplicates=1, refused=0)
    assert brought(file)[0] == Tally(read=3, kept=0, duplicates=3, refused=0)
    assert brought(file, channel="other")[0].kept == 2


def test_bad_lines_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    content = (
        lines(ROWS[:1]) + '{"id": \n[1]\n"x"\n{"words": "?"}\n{"text": ""}\n' + lines(ROWS[1:])
    )
    tally, refused = brought(written(tmp_path, "posts.jsonl", content))
    assert tally == Tally(read=7, kept=2, duplicates=0, refused=5)
    assert [one.line for one in refused] == [2, 3, 4, 5, 6]
    assert refused[0].error.startswith("it is no JSON")
    assert refused[4].error == "it has no text"


def test_a_table_names_its_lines_as_an_editor_shows_them(tmp_path: Path) -> None:
    content = 'id,text\n1,"two\nlines"\n2,a,b,c\n3,\n4,fine\n'
    tally, refused = brought(written(tmp_path, "posts.csv", content))
    assert (tally.kept, [one.line for one in refused]) == (2, [4, 5])
    assert refused[0].error == "it has 4 columns, the first line 2"


def test_other_encodings_are_read_and_reported(tmp_path: Path) -> None:
    export = Export(
        written(tmp_path, "posts.txt", "caf\xe9 \u2019tis\n".encode("cp1252") + b"caf\xc3\xa9")
    )
    bring_in(export, "old", {}, refused=print, progress=lambda _: None)
    assert set(Mention.objects.values_list("text", flat=True)) == {"café ’tis", "café"}
    assert export.foreign == 2


def test_a_list_cut_off_keeps_what_was_whole(tmp_path: Path) -> None:
    tally, refused = brought(written(tmp_path, "posts.json", json.dumps(ROWS)[:-20]))
    assert (tally.kept, len(refused)) == (1, 1)


def test_a_zipped_file_cut_off_says_so(tmp_path: Path) -> None:
    file = written(tmp_path, "posts.csv.gz", gzip.compress(CSV.encode(), mtime=0)[:-9])
    with pytest.raises(BadFileError, match="cut off or damaged"):
        brought(file)


def test_a_line_of_any_length_costs_only_itself(tmp_path: Path) -> None:
    content = lines(ROWS[:1]) + json.dumps({"text": "x" * LONGEST}) + "\n" + lines(ROWS[1:])
    tally, refused = brought(written(tmp_path, "posts.jsonl", content))
    assert (tally.kept, [one.line for one in refused]) == (2, [2])


def test_an_import_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "p.jsonl", lines([{"text": str(n)} for n in range(25)]))
    monkeypatch.setattr(importing, "BATCH", 10)
    kept: list[int] = []

    def stopped(at: int) -> None:
        kept.append(at)
        if Mention.objects.count() == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(Export(file), "old", {}, refused=print, progress=stopped)
    assert Import.objects.get().lines == 20
    clock.turn(timedelta(hours=1))
    assert brought(file)[0] == Tally(read=25, kept=25, duplicates=0, refused=0)
    assert Mention.objects.filter(heard_at=clock.now()).count() == 5, "only the rest was read"


def test_the_command_counts_and_ends_with_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "posts.csv", "words,nr\nno signal,1\n,2\n")
    given = ["import", str(file), "--channel", "old", "--map", "text=words", "--map", "id=nr"]
    assert cli.main([*given, "--json"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [
        {"file": "posts.csv", "line": 3, "error": "it has no text"},
        {"read": 2, "kept": 1, "duplicates": 0, "refused": 1},
    ]
    assert "posts.csv: 100%" in err
    assert cli.main(given) == 1
    out, err = capsys.readouterr()
    assert out == "posts.csv: read 2, kept 0, duplicates 1, refused 1\n"
    assert "posts.csv:3: it has no text" in err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--channel", "Not A Name"], "is no channel"),
        (["--channel", "old", "--map", "words=text"], "should be FIELD=COLUMN"),
        (["--channel", "old", "--map", "text"], "should be FIELD=COLUMN"),
        ([], "--channel"),
    ],
)
def test_bad_usage_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", str(written(tmp_path, "posts.csv", CSV)), *more])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_a_file_that_is_not_there_or_has_no_words_is_bad_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(tmp_path / "none.csv"), "--channel", "old"]) == 2
    assert "cannot be opened: No such file" in capsys.readouterr().err
    counts = written(tmp_path, "counts.csv", "timestamp,count\n2026-03-01,5\n")
    assert cli.main(["import", str(counts), "--channel", "old"]) == 2
    assert "no column is known to hold the text" in capsys.readouterr().err
    assert Mention.objects.count() == 0
