"""Bringing the tables up to this version, or leaving them exactly as they were."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

_LOG = logging.getLogger(__name__)


class UpgradeFailedError(Exception):
    """The tables could not be brought up to date and are as they were before."""


def pending() -> list[str]:
    """The migrations that this version needs and the tables do not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade() -> list[str]:
    """Apply what is missing; returns the names. Raises UpgradeFailedError with nothing changed."""
    missing = pending()
    if missing:
        _LOG.info("Bringing the tables up to date: %s.", ", ".join(missing))
        if connection.vendor == "postgresql":
            _together()
        else:
            _on_a_copy(Path(connection.settings_dict["NAME"]))
    return missing


def _together() -> None:
    # PostgreSQL changes tables inside a transaction: all of them, or none.
    try:
        with transaction.atomic():
            call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        raise UpgradeFailedError(_words(error)) from error


def _on_a_copy(path: Path) -> None:
    # SQLite rebuilds tables with foreign keys off, which no transaction may hold: keep a copy.
    if str(path).startswith("file:") or not path.exists() or not path.stat().st_size:
        call_command("migrate", interactive=False, verbosity=0)
        return
    kept = path.with_suffix(".before-upgrade")
    copy(path, kept)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        connections.close_all()
        copy(kept, path)
        raise UpgradeFailedError(_words(error)) from error
    finally:
        kept.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite file that may be in use (its online backup)."""
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)


def _words(error: Exception) -> str:
    return (
        f"The tables could not be brought up to this version: {error}. "
        "They are as they were before; start the earlier version again, or send us this line."
    )
