"""Two addresses for machines: the process answers; the desk can do its work."""

import shutil
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from rejoinder.plumbing.config import config

LEAST_ROOM = 50 * 1024 * 1024  # bytes; below this the intake log soon cannot append


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Each check by name, true or false; 503 when one fails. Says nothing about anybody."""
    checks = {name: _holds(check) for name, check in CHECKS.items()}
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _log_writable() -> bool:
    folder = config().data
    probe = folder / ".ready"
    probe.write_bytes(b"")
    probe.unlink(missing_ok=True)
    return shutil.disk_usage(folder).free > LEAST_ROOM


CHECKS = {
    "database": _database_answers,
    "migrations": _migrations_applied,
    "log": _log_writable,
}
