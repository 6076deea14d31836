"""The only way in: `rejoinder COMMAND`. One file here is one command; the folder is the list."""

import argparse
import os
import pkgutil
import sys
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from rejoinder import __version__
from rejoinder.plumbing.children import end_with_parent
from rejoinder.plumbing.config import BadSettingError


class _Parser(argparse.ArgumentParser):
    """Says one sentence about bad usage, and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code. Each file gives NAME, HELP, EXAMPLE, arguments and run.

    A file with DESK = False is run without settings, tables or Django, and starts at once.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.settings")
    parsed = _parser().parse_args(arguments)
    parsed.prepare(parsed)
    end_with_parent()
    try:
        if parsed.desk:
            _set_up()
        return int(parsed.run(parsed))
    except BadSettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def commands() -> list[ModuleType]:
    """The files of this folder that are commands, in the order of their names."""
    files = (module.name for module in pkgutil.iter_modules(__path__))
    found = [import_module(f"{__name__}.{name}") for name in files if not name.startswith("_")]
    return sorted(found, key=lambda command: str(command.NAME))


def _parser() -> _Parser:
    parser = _Parser(prog="rejoinder", description="The desk for people who answer in public.")
    parser.add_argument("--version", action="version", version=f"rejoinder {__version__}")
    chosen = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands():
        sub = chosen.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP,
            epilog=f"example: {command.EXAMPLE}",
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run, prepare=getattr(command, "prepare", lambda _: None))
        sub.set_defaults(desk=getattr(command, "DESK", True))
    return parser


def _set_up() -> None:
    import django

    django.setup()
