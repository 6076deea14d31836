"""Runs benchmarks: `python -m benchmarks [NAME…] [--database sqlite|postgres] [--data FOLDER]`.

A module with a `run() -> Rows` is a benchmark; it runs in a process of its own and gives ratios to
a bare baseline that it measured in the same run. Its folder says what it needs: `tables/` runs on
each database with empty tables, `pure/` needs none, `outside/` reads real posts from a folder
that is named with --data, `browser/` presses keys in one; either is left out, saying so, where
there is none.
"""

import argparse
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from benchmarks import browser, outside
from benchmarks.table import Rows, shown

HERE = Path(__file__).parent
FOLDERS = ("tables", "pure", "outside", "browser")
BOTH = ("sqlite", "postgres")


def main(arguments: list[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    if parsed.here:
        return _run_here(Path(parsed.names[0]))
    if parsed.data:
        os.environ[outside.VARIABLE] = parsed.data
    rows: Rows = []
    for place in _found(parsed.names):
        rows += _run_everywhere(place, [parsed.database] if parsed.database else BOTH)
    print(json.dumps(rows) if parsed.json else shown(rows))
    return 0 if all(row["ok"] is not False for row in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--database", choices=BOTH, help="only on this one")
    parser.add_argument("--data", metavar="FOLDER", help="where the outside data lies")
    parser.add_argument("--json", action="store_true", help="one JSON list on stdout")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def _found(names: Sequence[str]) -> list[Path]:
    """The benchmarks that are called so, or all of them; exits when there is none of a name."""
    files = [HERE / folder / f"{name}.py" for folder in FOLDERS for name in _names(folder)]
    unknown = set(names) - {file.stem for file in files}
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}.")
    return [file.relative_to(HERE) for file in files if not names or file.stem in names]


def _names(folder: str) -> list[str]:
    return [module.name for module in pkgutil.iter_modules([str(HERE / folder)])]


def _run_everywhere(place: Path, asked: Sequence[str]) -> Rows:
    """On each database that was asked for, or once if it uses none."""
    folder = place.parent.name
    if folder == "outside" and not outside.given():
        sys.stderr.write(f"{place.stem} is left out: it needs outside data, --data FOLDER\n")
        return []
    if folder == "browser" and not browser.given():
        sys.stderr.write(f"{place.stem} is left out: it needs a browser, make setup-real\n")
        return []
    databases = asked if folder == "tables" else [""]
    return [row for database in databases for row in _run_apart(place, database)]


def _run_apart(place: Path, database: str) -> Rows:
    """One benchmark in its own process and on tables of its own."""
    sys.stderr.write(f"{place.stem}{f' on {database}' if database else ''} …\n")
    command = [sys.executable, "-m", "benchmarks", str(place), "--here"]
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


def _run_here(place: Path) -> int:
    """In the process made for it: tables first if it needs them; its rows as JSON."""
    import django
    from django.core.management import call_command

    with _stdout_to_stderr():
        if place.parent.name == "tables":
            django.setup()
            call_command("migrate", verbosity=0)
        rows = import_module(f"benchmarks.{place.parent.name}.{place.stem}").run()
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
