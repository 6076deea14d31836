"""Changing what we said after it was sent: as long as the platform allows, and past the guard."""

from rejoinder.channels import registry
from rejoinder.desk.guard import Finding, Guard, Written
from rejoinder.desk.identity import only_private
from rejoinder.desk.ours import published
from rejoinder.desk.refusals import CannotError, GuardedError, TooLongError
from rejoinder.outbox import amendment
from rejoinder.outbox.models import Amendment, Reply
from rejoinder.team.models import Advisor


def edit(reply: Reply, actor: Advisor, text: str, why: str, *, past: bool = False) -> Amendment:
    """Let a reply say something else. `past` lets it past what the guard found, for `why`.

    Raises TooLongError, GuardedError, or CannotError with the reason.
    """
    _fits(reply, text)
    only_private.require(text, public=not reply.private)
    found = () if past else look(reply, text)
    if found:
        raise GuardedError(found)
    try:
        return amendment.edit(reply, actor, text, why)
    except amendment.CannotAmendError as error:
        raise CannotError(str(error)) from None


def take_back(reply: Reply, actor: Advisor, why: str) -> Amendment:
    """Take a reply off its platform. Raises CannotError."""
    try:
        return amendment.take_back(reply, actor, why)
    except amendment.CannotAmendError as error:
        raise CannotError(str(error)) from None


def look(reply: Reply, text: str) -> tuple[Finding, ...]:
    """What the guard finds in the new words that it did not find in the old ones."""
    if not text.strip():
        return ()
    guard = Guard(published())
    before, after = guard.check([_written(reply, reply.text), _written(reply, text)])
    known = {(one.kind, one.detail) for one in before}
    return tuple(one for one in after if (one.kind, one.detail) not in known)


def _written(reply: Reply, text: str) -> Written:
    account = reply.account
    return Written(text, public=not reply.private, fits=True, to=(), account=account.handle)


def _fits(reply: Reply, text: str) -> None:
    mention = reply.mention
    count = registry.channel(reply.account.channel).count_for(
        text, reply.account.settings, to=mention.person.handle, ref=mention.ref
    )
    if not count.ok:
        raise TooLongError(count.used, count.allowed)
