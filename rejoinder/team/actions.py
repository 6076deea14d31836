"""Who is in the team: inviting, changing a role, removing."""

from django.db import IntegrityError, transaction

from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit, sign_in
from rejoinder.team.models import Advisor, Role, SignInLink


class CannotChangeTeamError(Exception):
    """The change would break the team. The message says why."""


def invite(actor: Advisor, *, name: str, email: str, role: str) -> tuple[Advisor, str]:
    """Add a colleague; returns the row and the link to hand over, shown once."""
    access.require(actor, access.PEOPLE)
    _check_role(role)
    try:
        with transaction.atomic():
            colleague = Advisor.objects.create_user(
                email,
                name=name,
                role=role,
                time_zone=actor.time_zone,
                language=actor.language,
            )
            audit.line(actor, "invited", colleague, role=role)
            return colleague, sign_in.colleague_link(colleague)
    except IntegrityError:
        raise CannotChangeTeamError(
            f"Somebody with the address {email} is in the team already, or was. "
            "Bring them back from the list instead."
        ) from None


def new_link(actor: Advisor, colleague: Advisor) -> str:
    """Another link for a colleague who cannot get in."""
    access.require(actor, access.PEOPLE)
    _check_active(colleague)
    with transaction.atomic():
        audit.line(actor, "made a sign-in link", colleague)
        return sign_in.colleague_link(colleague)


def change_role(actor: Advisor, colleague: Advisor, role: str) -> None:
    """Give a colleague another role; the desk always keeps one owner."""
    access.require(actor, access.PEOPLE)
    _check_role(role)
    with transaction.atomic():
        if role != Role.OWNER:
            _keep_an_owner(colleague)
        before, colleague.role = colleague.role, role
        colleague.save(update_fields=["role"])
        audit.line(actor, "changed the role of", colleague, before=before, after=role)
        live.changed(live.team(colleague.public_id))


def remove(actor: Advisor, colleague: Advisor) -> None:
    """End somebody's access at once: sessions, links, open streams. The row stays for the record.

    Their work is handed back by `desk.leaving.remove`, which calls this.
    """
    access.require(actor, access.PEOPLE)
    with transaction.atomic():
        _keep_an_owner(colleague)
        # Sessions carry a hash of the password: another password ends every one of them.
        colleague.set_unusable_password()
        colleague.is_active, colleague.removed_at = False, clock.now()
        colleague.save(update_fields=["password", "is_active", "removed_at"])
        SignInLink.objects.filter(advisor=colleague, used_at=None).delete()
        audit.line(actor, "removed", colleague)
        live.changed(live.team(colleague.public_id))


def bring_back(actor: Advisor, colleague: Advisor) -> str:
    """Let somebody in again who was removed; returns a link to hand over."""
    access.require(actor, access.PEOPLE)
    with transaction.atomic():
        colleague.is_active, colleague.removed_at = True, None
        colleague.save(update_fields=["is_active", "removed_at"])
        audit.line(actor, "brought back", colleague)
        return sign_in.colleague_link(colleague)


def _keep_an_owner(colleague: Advisor) -> None:
    # Locking the owners' rows keeps two owners from removing each other at the same moment.
    owners = Advisor.objects.filter(role=Role.OWNER, is_active=True)
    others = [owner for owner in owners.select_for_update() if owner.pk != colleague.pk]
    if colleague.role == Role.OWNER and not others:
        raise CannotChangeTeamError(
            f"{colleague.name} is the only owner. Make somebody else an owner first."
        )


def _check_role(role: str) -> None:
    if role not in Role.values:
        raise CannotChangeTeamError(f"There is no role {role!r}; choose from {Role.values}.")


def _check_active(colleague: Advisor) -> None:
    if not colleague.is_active:
        raise CannotChangeTeamError(f"{colleague.name} was removed. Bring them back first.")
