"""A consistent copy of a running desk in one file, and a desk from such a file.

The rows are copied before the intake log: what the copy of the rows has not taken in yet is still
in the later copy of the log, and taking something in twice is harmless. So are the files that rows
name: one that no row names yet is harmless too. Keys are never in it.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from rejoinder import __version__
from rejoinder.plumbing import clock, upgrade
from rejoinder.plumbing.config import Config, config

ROWS = "desk.sqlite3"
LOG = "intake.sqlite3"
DUMP = "desk.pgdump"
MANIFEST = "manifest.json"

_left_out: list[str] = []
_carried: dict[str, re.Pattern[str]] = {}


class BackupError(Exception):
    """The copy could not be made or used. The message says why and what to do."""


def leave_out(table: str) -> None:
    """A table whose rows are in no backup, such as keys; there they would outlive an erasure."""
    _left_out.append(table)


def carry(folder: str, names: str) -> None:
    """A folder within the data whose files go along, those alone whose whole name fits."""
    _carried[folder] = re.compile(names)


def make(target: Path) -> dict[str, object]:
    """Write a copy to `target` (.tar.gz) and return its manifest. Raises BackupError."""
    if target.exists():
        raise BackupError(f"{target} exists already. Name a new file; nothing was written.")
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as name:
        folder = Path(name)
        _copy_rows(folder)
        _copy_log(folder)
        _copy_carried(folder)
        manifest = _manifest(folder)
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
        _pack(folder, target)
    _note(str(manifest["made_at"]))
    return manifest


def expires(before: datetime) -> datetime | None:
    """When the last backup from before a moment is deleted, as `REJOINDER_BACKUP_DAYS` promises;
    None when there is none, or it has been.
    """
    if not _noted().exists():
        return None
    moments = map(datetime.fromisoformat, _noted().read_text(encoding="ascii").splitlines())
    last = max((moment for moment in moments if moment <= before), default=None)
    ends = last and last + timedelta(days=config().backup_days)
    return ends if ends and ends > clock.now() else None


def restore(source: Path) -> dict[str, object]:
    """Make the desk of this machine from a copy; its folder must be empty. Raises BackupError."""
    _must_be_empty(config())
    config().data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=config().data) as name:
        folder = Path(name)
        manifest = _unpack(source, folder)
        _check_fits(manifest)
        if config().is_postgres:
            _postgres("pg_restore", "--no-owner", "--exit-on-error", str(folder / DUMP))
        else:
            (folder / ROWS).rename(config().data / ROWS)
        if (folder / LOG).exists():
            (folder / LOG).rename(config().data / LOG)
        for carried in _carried:
            if (folder / carried).is_dir():
                (folder / carried).rename(config().data / carried)
    return manifest


def key_advice() -> str:
    """How the keys of this desk are kept and brought back, in words."""
    if config().master_key_command:
        return (
            "The master key is not in the backup: the command of REJOINDER_MASTER_KEY_COMMAND "
            f"gives it. Keep what it needs, and a copy of {config().key_folder}, apart."
        )
    if config().master_key:
        return (
            "The master key is not in the backup. It comes from REJOINDER_MASTER_KEY or its file: "
            "keep that apart, and set it again before you restore."
        )
    return (
        f"The keys are not in the backup. Keep a copy of {config().key_folder} in another place; "
        "before you restore, put it back where the new desk looks for it (REJOINDER_KEYS). "
        "Without them accounts have to be connected again, and what is sealed of people is lost."
    )


def _noted() -> Path:
    """When backups were made, one a line; beside the keys, so that it outlives the data."""
    return config().key_folder / "backups"


def _note(made_at: str) -> None:
    _noted().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _noted().open("a", encoding="ascii") as noted:
        noted.write(f"{made_at}\n")


def _copy_rows(folder: Path) -> None:
    if config().is_postgres:
        without = [f"--exclude-table-data={table}" for table in _left_out]
        _postgres("pg_dump", "--format=custom", f"--file={folder / DUMP}", *without)
    else:
        upgrade.copy(config().data / ROWS, folder / ROWS)
        _check_file(folder / ROWS)
        _empty(folder / ROWS)


def _empty(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        rows.execute("PRAGMA secure_delete=ON")
        for table in _left_out:
            rows.execute(f"DELETE FROM {table}")  # noqa: S608  # tables of ours


def _copy_log(folder: Path) -> None:
    if (config().data / LOG).exists():
        upgrade.copy(config().data / LOG, folder / LOG)
        _check_file(folder / LOG)


def _copy_carried(folder: Path) -> None:
    """Files that are written once and whole, so that a copy of one is never half of it."""
    for carried, names in _carried.items():
        for path in sorted((config().data / carried).glob("*")):
            if names.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                (folder / carried).mkdir(exist_ok=True)
                shutil.copyfile(path, folder / carried / path.name)


def _check_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as rows:
        found = rows.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{path.name} is damaged: {found}. Use an earlier backup of it.")


def _manifest(folder: Path) -> dict[str, object]:
    return {
        "product": "rejoinder",
        "version": __version__,
        "made_at": clock.now().isoformat(),
        "engine": connection.vendor,
        "files": {name: _sum(folder / name) for name in _files(folder)},
    }


def _files(folder: Path) -> list[str]:
    """Their names within the backup."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _pack(folder: Path, target: Path) -> None:
    # Written beside the target and renamed, so that a half-written backup never looks whole.
    part = target.with_name(target.name + ".part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=3) as archive:
            for name in _files(folder):
                archive.add(folder / name, arcname=name)
        part.chmod(0o600)
        part.rename(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupError(f"{target} could not be written: {error.strerror}.") from error


def _unpack(source: Path, folder: Path) -> dict[str, object]:
    try:
        with tarfile.open(source) as archive:
            _take_out(archive, folder)
        manifest: dict[str, object] = json.loads((folder / MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise BackupError(f"{source} is no backup of a desk: {error}.") from error
    files = manifest.get("files")
    for name, expected in files.items() if isinstance(files, dict) else ():
        whole = _is_ours(name) and (folder / name).is_file()
        if not whole or _sum(folder / name) != expected:
            raise BackupError(f"{name} in {source} was changed or cut off. Use another backup.")
    return manifest


def _take_out(archive: tarfile.TarFile, folder: Path) -> None:
    # By name, and plain files alone: whatever else somebody packed stays where it is.
    for member in archive:
        packed = archive.extractfile(member) if member.isfile() and _is_ours(member.name) else None
        if packed is not None:
            (folder / member.name).parent.mkdir(exist_ok=True)
            with packed, (folder / member.name).open("wb") as file:
                shutil.copyfileobj(packed, file)


def _is_ours(name: str) -> bool:
    """Whether a backup of ours has a file of this name: nothing else leads anywhere."""
    if name in {MANIFEST, ROWS, LOG, DUMP}:
        return True
    carried, _, file = name.partition("/")
    return carried in _carried and _carried[carried].fullmatch(file) is not None


def _check_fits(manifest: dict[str, object]) -> None:
    if manifest["engine"] != connection.vendor:
        raise BackupError(
            f"This backup is of a desk on {manifest['engine']}, and this desk is set to "
            f"{connection.vendor}. Set REJOINDER_DATABASE_URL to match."
        )


def _must_be_empty(settings: Config) -> None:
    if (settings.data / ROWS).exists() or (settings.data / LOG).exists():
        raise BackupError(
            f"{settings.data} holds a desk already. Restore into an empty folder (REJOINDER_DATA); "
            "nothing was changed."
        )
    if settings.is_postgres and connection.introspection.table_names():
        raise BackupError("The database holds tables already. Restore into an empty one.")


def _postgres(program: str, *words: str) -> None:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is not on this machine. Install the PostgreSQL client.")
    url = config().database_url
    target = ["--dbname", url] if program == "pg_restore" else [url]
    done = subprocess.run(  # noqa: S603  # the program was found, the words are ours
        [program, *target, *words], capture_output=True, text=True, check=False, env=os.environ
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
