"""What is known around a reply, gathered for the tone hints."""

from rejoinder.crisis import declaring
from rejoinder.crisis.policy import Tone
from rejoinder.desk import tone
from rejoinder.desk.guarding import said_since
from rejoinder.desk.guidelines import standing as guidelines
from rejoinder.desk.tone import Hint, Spoken
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox.models import Reply, State

_EARLIER = 5  # replies to the same person that are looked at
_TROUBLE = frozenset({Need.URGENT, Need.VENT, Need.ABUSE})


def hints(conversation: Conversation, text: str) -> tuple[Hint, ...]:
    """What may be said better in a reply as it stands."""
    return tone.hints([_spoken(conversation, text)])[0] if text.strip() else ()


def _spoken(conversation: Conversation, text: str) -> Spoken:
    policy = declaring.in_force()
    return Spoken(
        text,
        said=[mention.text for mention in said_since(conversation)],
        earlier=_earlier(conversation),
        urgent=conversation.need == Need.URGENT,
        trouble=conversation.need in _TROUBLE,
        tone=str(policy[0].tone if policy else Tone.USUAL),
        rules=guidelines.rules(),
    )


def _earlier(conversation: Conversation) -> list[str]:
    """What we have said to this person, here and in their other conversations."""
    rows = Reply.objects.filter(conversation__person=conversation.person_id, state=State.SENT)
    return list(rows.order_by("-sent_at", "-id").values_list("text", flat=True)[:_EARLIER])
