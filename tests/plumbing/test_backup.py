"""A backup is made while the desk runs, and a desk made from it is the same desk."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rejoinder.plumbing import backup, clock
from rejoinder.plumbing.backup import BackupError, _unpack
from rejoinder.plumbing.config import config, read
from tests.databases import empty_database

pytestmark = pytest.mark.tables


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk, its keys, and a backup of it: `desk`, `desk-keys`, `b.tar.gz`."""
    folder = tmp_path_factory.mktemp("backed-up")
    desk = _desk(folder / "desk", empty_database())
    assert _rejoinder(desk, "migrate").returncode == 0
    (folder / "link").write_text(_rejoinder(desk, "sign-in-link").stdout.strip())
    history = folder / "desk" / "history"
    history.mkdir(parents=True)
    for name in ("2026-01-01.parquet", "2026-01-02.part", "notes.txt"):
        (history / name).write_text(f"figures of {name}")
    (history / "2026-01-03.parquet").symlink_to(folder / "link")
    made = _rejoinder(desk, "backup", str(folder / "b.tar.gz"), "--json")
    assert made.returncode == 0, made.stderr
    (folder / "said").write_text(made.stderr)
    (folder / "manifest").write_text(made.stdout)
    return folder


def _desk(data: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "REJOINDER_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        "REJOINDER_DATABASE_URL": database,
    }


def _rejoinder(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rejoinder.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_desk_comes_back_from_its_backup(backed_up: Path, tmp_path: Path) -> None:
    shutil.copytree(backed_up / "desk-keys", tmp_path / "other-keys")
    other = _desk(tmp_path / "other", empty_database())
    back = _rejoinder(other, "restore", str(backed_up / "b.tar.gz"))
    assert back.returncode == 0, back.stderr
    secret = (backed_up / "link").read_text().rsplit("/", 1)[1]
    looked = subprocess.run(
        [sys.executable, "-c", LOOK_UP, secret],
        env=other,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert looked.stdout.strip() == "True", looked.stderr


def test_the_files_that_rows_name_come_along_and_nothing_else(
    backed_up: Path, tmp_path: Path
) -> None:
    other = _desk(tmp_path / "other", empty_database())
    assert _rejoinder(other, "restore", str(backed_up / "b.tar.gz")).returncode == 0
    found = sorted((tmp_path / "other" / "history").iterdir())
    assert [path.name for path in found] == ["2026-01-01.parquet"]
    assert found[0].read_text() == "figures of 2026-01-01.parquet"


def test_a_file_that_the_list_names_and_is_not_there_is_missed(
    backed_up: Path, tmp_path: Path
) -> None:
    with (
        tarfile.open(backed_up / "b.tar.gz") as whole,
        tarfile.open(tmp_path / "less.tar.gz", "w:gz") as less,
    ):
        for member in whole:
            if not member.name.startswith("history"):
                less.addfile(member, whole.extractfile(member))
    other = _desk(tmp_path / "other", empty_database())
    refused = _rejoinder(other, "restore", str(tmp_path / "less.tar.gz"))
    assert refused.returncode == 1
    assert "history/2026-01-01.parquet" in refused.stderr


LOOK_UP = """
import sys, django
django.setup()
from rejoinder.team import sign_in
print(bool(sign_in.look(sys.argv[1])))
"""


def test_it_says_where_the_keys_are_and_holds_none(backed_up: Path) -> None:
    said = (backed_up / "said").read_text()
    assert "Keep a copy of" in said
    assert "desk-keys" in said
    assert json.loads((backed_up / "manifest").read_text())["product"] == "rejoinder"
    key = (backed_up / "desk-keys" / "secret_key").read_bytes()
    with tarfile.open(backed_up / "b.tar.gz") as archive:
        files = [archive.extractfile(member) for member in archive]
        assert not any(key in file.read() for file in files if file is not None)


def test_it_restores_into_an_empty_place_only(backed_up: Path) -> None:
    desk = _desk(backed_up / "desk", "")
    refused = _rejoinder(desk, "restore", str(backed_up / "b.tar.gz"))
    assert refused.returncode == 1
    assert "already" in refused.stderr or "is set to sqlite" in refused.stderr


def test_a_cut_off_backup_is_refused(backed_up: Path, tmp_path: Path) -> None:
    whole = (backed_up / "b.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    other = _desk(tmp_path / "other", empty_database())
    refused = _rejoinder(other, "restore", str(tmp_path / "half.tar.gz"))
    assert refused.returncode == 1
    assert "is no backup of a desk" in refused.stderr


def test_nothing_else_that_was_packed_is_taken_out(tmp_path: Path) -> None:
    (tmp_path / "evil").write_text("made up")
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "evil", arcname="../outside")
    (tmp_path / "inside").mkdir()
    with pytest.raises(BackupError, match="is no backup of a desk"):
        _unpack(tmp_path / "evil.tar.gz", tmp_path / "inside")
    assert not (tmp_path / "outside").exists()


def test_an_existing_file_is_not_overwritten(backed_up: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_text("precious")
    desk = _desk(backed_up / "desk", "")
    assert _rejoinder(desk, "backup", str(tmp_path / "b.tar.gz")).returncode == 1
    assert (tmp_path / "b.tar.gz").read_text() == "precious"


def test_the_key_folder_is_outside_the_data_folder() -> None:
    config = read({"REJOINDER_DATA": "/srv/desk"})
    assert config.data not in config.key_folder.parents


def test_the_last_older_backup_ends_when_it_was_promised(
    tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = config().model_copy(update={"keys": tmp_path, "backup_days": 10})
    monkeypatch.setattr(backup, "config", lambda: given)
    assert backup.expires(monday) is None
    made = [monday - timedelta(days=days) for days in (20, 3, -1)]
    backup._noted().write_text("".join(f"{at.isoformat()}\n" for at in made), encoding="ascii")
    assert backup.expires(monday) == monday + timedelta(days=7)  # of the one of three days ago
    assert backup.expires(monday - timedelta(days=5)) is None  # that one has been deleted
    clock.turn(timedelta(days=8))
    assert backup.expires(monday) is None
