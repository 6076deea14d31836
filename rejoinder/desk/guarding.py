"""What is known around a reply, gathered for the guard; a reply is held when it finds something."""

from collections.abc import Sequence
from functools import lru_cache

from rejoinder.channels.models import Account
from rejoinder.desk import cosign, length, ours
from rejoinder.desk.guard import ASKS_ONCE, Finding, Guard, Published, Written
from rejoinder.desk.identity import only_private
from rejoinder.desk.models import Draft
from rejoinder.desk.refusals import GuardedError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.privacy.find import masked
from rejoinder.team import audit
from rejoinder.team.models import Advisor

_LAST = 5  # words of theirs that are looked at
_OPEN = 50  # other conversations of the writer
_ACCOUNT_MATTERS = frozenset({"billing", "account"})
_LONGEST = 300


def look(conversation: Conversation, actor: Advisor, text: str) -> tuple[Finding, ...]:
    """What the guard finds in a reply as it would leave."""
    if not text.strip():
        return ()
    return _guard(ours.published()).check([written(conversation, actor, text)])[0]


def require(conversation: Conversation, actor: Advisor, text: str, past: str | None = None) -> None:
    """Raises GuardedError when something is found that `past` gives no reason for; with one, the
    reason is an audit line. Raises CannotError for what no reason sends.
    """
    only_private.require(text, public=is_public(conversation, actor))
    found = look(conversation, actor, text)
    if not found:
        return
    why = (past or "").strip()
    if past is None or not (why or all(one.kind in ASKS_ONCE for one in found)):
        raise GuardedError(found)
    audit.line(
        actor,
        "sent past the guard",
        conversation.public_id,
        found=sorted({str(one.kind) for one in found}),
        why=masked(why, _LONGEST),
    )


def written(conversation: Conversation, actor: Advisor, text: str) -> Written:
    """The reply with what is known around it."""
    said = said_since(conversation)
    account = conversation.account
    count = length.counted(
        conversation,
        cosign.signed(conversation, actor, text),
        private=for_one_alone(conversation, actor),
    )
    return Written(
        text,
        public=is_public(conversation, actor),
        fits=account is None or count is None or count.ok,
        to=_called(conversation),
        said=[mention.text for mention in said],
        others=_others(conversation, actor),
        ours=list(Advisor.objects.filter(is_active=True).values_list("name", flat=True)),
        account=account.handle if account else "",
        accounts=_accounts(account),
        account_matter=any(mention.intent in _ACCOUNT_MATTERS for mention in said),
    )


def is_public(conversation: Conversation, actor: Advisor) -> bool:
    """Whether everybody would read the reply as it stands."""
    said = said_since(conversation)
    return (not said or said[-1].public) and not for_one_alone(conversation, actor)


def for_one_alone(conversation: Conversation, actor: Advisor) -> bool:
    """Whether its writer has moved it there (`privately.py`)."""
    mine = Draft.objects.filter(conversation=conversation, advisor=actor)
    return mine.filter(private=True).exists()


def said_since(conversation: Conversation) -> Sequence[Mention]:
    """Their last words since our last reply, oldest first."""
    rows = Mention.objects.filter(conversation=conversation, ours=False, deleted_at=None)
    if conversation.answered_at:
        rows = rows.filter(created_at__gt=conversation.answered_at)
    newest = rows.order_by("-created_at", "-id").only("text", "public", "intent")[:_LAST]
    return list(newest)[::-1]


def _called(conversation: Conversation) -> tuple[str, ...]:
    person = conversation.person
    return (person.name, f"@{person.handle.lstrip('@')}" if person.handle else "")


def _others(conversation: Conversation, actor: Advisor) -> list[str]:
    """Names and handles of the people of the writer's other open conversations."""
    rows = Conversation.objects.filter(holder=actor).exclude(pk=conversation.pk)
    people = rows.order_by("id").values_list("person__name", "person__handle")[:_OPEN]
    return [
        each
        for name, handle in people
        for each in (name, f"@{handle.lstrip('@')}" if handle else "")
        if each
    ]


def _accounts(account: Account | None) -> list[str]:
    if account is None:
        return []
    rows = Account.objects.filter(channel=account.channel, disconnected_at=None)
    return list(rows.exclude(pk=account.pk).values_list("handle", flat=True))


@lru_cache(maxsize=4)
def _guard(published: Published) -> Guard:
    return Guard(published)
