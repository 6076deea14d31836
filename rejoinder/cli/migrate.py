"""Bring the tables up to this version."""

from argparse import ArgumentParser, Namespace

NAME = "migrate"
HELP = "Bring the tables up to this version."
EXAMPLE = "rejoinder migrate"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0
