"""The audit line: one for each change, in the same transaction."""

from typing import Any

from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, AuditLine


def line(actor: Advisor | None, action: str, what: object, **detail: Any) -> None:
    """Write one. `actor` None is the desk itself. Never put people's words or credentials here.

    What a program did for somebody says so: `token` is the number of its token.
    """
    if actor is not None and actor.works_by is not None:
        detail |= {"token": actor.works_by}
    AuditLine.objects.create(
        at=clock.now(), actor=actor, action=action, what=str(what)[:200], detail=detail
    )
