"""What people may ask for: a copy of all that is kept of them, and that it is erased."""

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rejoinder.privacy.vault import Person

NAME = "person"
HELP = "Export all that is kept of a person as JSON, or erase it; the ledger has both."
EXAMPLE = "rejoinder person export --channel bluesky --person @tom.example --why 'asked on 2 March'"


def arguments(parser: ArgumentParser) -> None:
    does = parser.add_subparsers(metavar="export|erase", required=True, dest="does")
    for name, words in (
        ("export", "print all that is kept of them"),
        ("erase", "destroy their key and take away all that is kept of them"),
    ):
        one = does.add_parser(name, help=words, description=words)
        one.add_argument("--channel", required=True, help="where they wrote, such as bluesky")
        one.add_argument(
            "--person", required=True, help="what the channel calls them: its id, or the handle"
        )
        one.add_argument("--why", required=True, help="why, in a few words; the ledger keeps it")
        one.add_argument("--json", action="store_true", help="JSON, which it is anyway")


def run(given: Namespace) -> int:
    from rejoinder.privacy import rights
    from rejoinder.privacy.retention.holds import HeldError

    person = _person(given.channel, given.person)
    if person is None:
        sys.stderr.write(f"Nobody is kept who is called {given.person} on {given.channel}.\n")
        return 1
    if given.does == "export":
        found: dict[str, Any] = rights.export(person, "person export", given.why)
    else:
        try:
            found = {"erased": rights.erase(person, "job person erase", given.why)}
            found["older_backups_until"] = _older_backups()
        except HeldError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


def _older_backups() -> str | None:
    from rejoinder.plumbing import backup, clock

    until = backup.expires(clock.now())
    if until is None:
        return None
    sys.stderr.write(
        f"Backups from before hold what they wrote until you delete them; the last is due on "
        f"{until:%Y-%m-%d}. A restore erases them again before anybody is served.\n"
    )
    return until.isoformat()


def _person(channel: str, called: str) -> "Person | None":
    """By id, else by handle; None when nobody is called so, or more than one."""
    from rejoinder.listening.models import Person as Author
    from rejoinder.privacy import vault

    authors = Author.objects.filter(channel=channel)
    for column, value in (("external_id", called), ("handle", called), ("handle", called[1:])):
        found = list(authors.filter(**{column: value}).values_list("external_id", flat=True)[:2])
        if len(found) == 1:
            return vault.Person(channel, found[0])
    person = vault.Person(channel, called)
    return person if vault.find([person]) else None
