"""Runs benchmarks: `python -m benchmarks [NAME…] [--database sqlite|postgres] [--json]`.

A module of this folder with a `run() -> Rows` is a benchmark; it runs in a process of its own
with empty tables. It gives ratios to a bare baseline that it measured in the same run.
"""

import argparse
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from benchmarks.table import Rows, shown

DATABASES = ("sqlite", "postgres")


def main(arguments: list[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    if parsed.here:
        return _run_here(parsed.names[0])
    rows: Rows = []
    for name in parsed.names or _names():
        for database in [parsed.database] if parsed.database else DATABASES:
            rows += _run_apart(name, database)
    print(json.dumps(rows) if parsed.json else shown(rows))
    return 0 if all(row["ok"] is not False for row in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--database", choices=DATABASES, help="only on this one")
    parser.add_argument("--json", action="store_true", help="one JSON list on stdout")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def _names() -> list[str]:
    folder = [m.name for m in pkgutil.iter_modules(__import__("benchmarks").__path__)]
    modules = (import_module(f"benchmarks.{name}") for name in folder if name != "__main__")
    return [m.__name__.rpartition(".")[2] for m in modules if hasattr(m, "run")]


def _run_apart(name: str, database: str) -> Rows:
    """One benchmark in its own process and on tables of its own."""
    sys.stderr.write(f"{name} on {database} …\n")
    command = [sys.executable, "-m", "benchmarks", name, "--here"]
    if database == "postgres":
        command = [sys.executable, "-m", "tests.on_postgres", *command]
    with tempfile.TemporaryDirectory(prefix="rejoinder-bench-") as folder:
        environment = os.environ | {
            "REJOINDER_DATA": f"{folder}/data",
            "REJOINDER_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        }
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    rows: Rows = json.loads(done.stdout.splitlines()[-1])
    return [row | {"database": database} for row in rows]


def _run_here(name: str) -> int:
    """In the process made for it: tables first, then the benchmark, its rows as JSON."""
    import django
    from django.core.management import call_command

    django.setup()
    with _stdout_to_stderr():
        call_command("migrate", verbosity=0)
        rows = import_module(f"benchmarks.{name}").run()
    print(json.dumps(rows))
    return 0


@contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    stdout, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout = stdout


if __name__ == "__main__":
    sys.exit(main())
