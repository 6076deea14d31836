"""Who stands behind a co-sign in public: an alias or a first name, nothing else."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 40


class NoAliasError(Exception):
    """The name says too much. The message is for the advisor."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One sign and what its owner is called in public."""

    sign: str
    name: str


def signers() -> list[Signer]:
    """Everybody who answers, by sign."""
    people = Advisor.objects.filter(is_active=True).order_by("name", "id")
    answering = [each for each in people if access.may(each, access.ANSWER)]
    found = [Signer(each.sign, each.public_name) for each in answering]
    return sorted(found, key=lambda one: (one.sign, one.name))


def alias(name: str) -> str:
    """The alias as it may stand. Raises NoAliasError."""
    words = name.split()
    if len(words) > 1 or len(name) > LONGEST:
        raise NoAliasError(_("One word: an alias or a first name. No surname stands in public."))
    return "".join(words)


def told(actor: Advisor) -> None:
    """Say that somebody's sign or name changed: the public pages are made anew."""
    with transaction.atomic():
        audit.line(actor, "changed the name behind the sign", actor.sign)
        live.changed(live.ANSWERS)
