"""The accounts that one request is about: people write on several, and have their rights in all."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import IdentityCheck, RightsAccount, RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import register
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def add(request: RightsRequest, conversation: Conversation, actor: Advisor, how: str) -> None:
    """The request is about the account of this conversation too: they showed that it is theirs.

    By a passed identity check of that conversation since the request came, or as `how` says.
    Raises CannotError without either, for an account that is there, and once something was done:
    what leaves or goes is always that of all of them.
    """
    access.require(actor, access.PRIVACY)
    check, said = _passed(request, conversation), register.masked(how)
    if check:
        said = f"identity check {check.reference}"
    if not said:
        raise CannotError(_("Write how they showed that this account is theirs."))
    with transaction.atomic():
        row = register.locked(request)
        if row.copied_at or row.erased_at or row.silenced_at:
            raise CannotError(_("This request is done: open another for this account."))
        if person(conversation) in _there(row):
            raise CannotError(_("The request is about this account already."))
        RightsAccount.objects.create(
            request=row, conversation=conversation, how=said, at=clock.now(), by=actor
        )
        audit.line(
            actor,
            "added an account to a request by a person's rights",
            row.conversation.public_id,
            other=str(conversation.public_id),
        )


def person(conversation: Conversation) -> Person:
    """Whose conversation it is, as their channel calls them."""
    author = conversation.person
    return Person(author.channel, author.external_id)


def _there(request: RightsRequest) -> set[Person]:
    also = request.accounts.select_related("conversation__person")
    return {person(request.conversation), *(person(one.conversation) for one in also)}


def _passed(request: RightsRequest, conversation: Conversation) -> IdentityCheck | None:
    rows = IdentityCheck.objects.filter(conversation=conversation, passed=True)
    return rows.filter(ended_at__gte=request.came_at).order_by("-ended_at").first()
