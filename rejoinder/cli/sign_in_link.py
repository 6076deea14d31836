"""A link for somebody who cannot get in, or for the first owner."""

import sys
from argparse import ArgumentParser, Namespace

NAME = "sign-in-link"
HELP = "Print a one-time link: for a colleague by e-mail address, or for the first owner."
EXAMPLE = "rejoinder sign-in-link olga@example.com"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", nargs="?", help="whose link; without it, the first owner's")


def run(given: Namespace) -> int:
    from rejoinder.team import sign_in
    from rejoinder.team.models import Advisor

    if given.email is None and sign_in.has_owner():
        sys.stderr.write("This desk has an owner. Name the address of the one who cannot get in.\n")
        return 2
    if given.email is None:
        sys.stdout.write(sign_in.owner_link() + "\n")
        return 0
    colleague = Advisor.objects.filter(email__iexact=given.email, is_active=True).first()
    if colleague is None:
        sys.stderr.write(f"Nobody in the team has the address {given.email}.\n")
        return 1
    sys.stdout.write(sign_in.colleague_link(colleague) + "\n")
    return 0
