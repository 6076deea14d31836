"""What a colleague asks of a ticket: rows that are due; the worker asks the other system.

What goes there is what a colleague read and sent, with personal data hidden: no name, no handle,
no address of the person, and a link that only the desk's own people can open.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.desk import mine
from rejoinder.desk.models import Ticket, TicketSystem
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import rules, systems
from rejoinder.desk.tickets.rules import State, Want
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.privacy.find import masked
from rejoinder.team import audit
from rejoinder.team.models import Advisor


def may_ask(talk: Conversation, actor: Advisor) -> bool:
    """Whoever has it, once a system is connected."""
    return mine.may_answer(talk, actor) and systems.current() is not None


def of(talk: Conversation) -> QuerySet[Ticket]:
    """Its tickets, as they came."""
    rows = Ticket.objects.filter(conversation=talk, ended_at=None).select_related("made_by")
    return rows.order_by("id")


def proposed(talk: Conversation) -> tuple[str, str]:
    """Title and text to begin with: what they wrote last, with personal data hidden."""
    rows = Mention.objects.filter(conversation=talk, ours=False, deleted_at=None)
    words = rows.order_by("-created_at", "-id").values_list("text", flat=True).first() or ""
    text = masked(words, rules.TEXT)
    return " ".join(text.split())[:80], text


def create(talk: Conversation, actor: Advisor, title: str, text: str) -> Ticket:
    """Asked for: made there in a moment. Raises CannotError."""
    head = masked(" ".join(title.split()), rules.TITLE)
    body = masked(text.strip(), rules.TEXT)
    if not head or not body:
        raise CannotError(_("Write a title and what it is about."))
    with transaction.atomic():
        system = _ready(talk, actor)
        return _keep(talk, actor, system, "asked for a ticket about", title=head, text=body)


def link(talk: Conversation, actor: Advisor, number: str) -> Ticket:
    """One that is there already; whether it is, the worker finds out. Raises CannotError."""
    given = number.strip().removeprefix("#")
    if not rules.is_number(given):
        raise CannotError(_("Give the ticket's number, in digits."))
    given = str(int(given))
    with transaction.atomic():
        system = _ready(talk, actor)
        if Ticket.objects.filter(
            conversation=talk, system=system, number=given, ended_at=None
        ).exists():
            raise CannotError(_("This ticket is linked already."))
        return _keep(talk, actor, system, "linked a ticket to", number=given)


def close(ticket: Ticket, actor: Advisor, words: str) -> Ticket:
    """Closed there in a moment, with a word for its staff. Raises CannotError."""
    said = masked(words.strip(), rules.WORDS)
    if not said:
        raise CannotError(_("Say in a word how it ended."))
    with transaction.atomic():
        row = _mine(ticket, actor)
        if not rules.may_close(State(row.state), row.want):
            raise CannotError(_("This ticket is not open there. Look at the page again."))
        return _ask(row, actor, Want.CLOSE, "asked to close a ticket of", text=said)


def look(ticket: Ticket, actor: Advisor) -> Ticket:
    """How it stands there, now. Raises CannotError."""
    with transaction.atomic():
        row = _mine(ticket, actor)
        if not row.number or row.want == Want.CLOSE:
            raise CannotError(_("This ticket has no number yet, or is being closed."))
        return _ask(row, actor, Want.LOOK, "looked at a ticket of")


def again(ticket: Ticket, actor: Advisor) -> Ticket:
    """Make one that was not made, as far as anybody knows. Raises CannotError."""
    with transaction.atomic():
        row = _mine(ticket, actor)
        if not rules.may_make_again(State(row.state), row.number):
            raise CannotError(_("This ticket is made already, or on its way."))
        row.state = State.ASKED
        return _ask(row, actor, Want.CREATE, "asked once more for a ticket about")


def take_off(ticket: Ticket, actor: Advisor) -> None:
    """Not shown here any more; there it stays as it is. Raises CannotError."""
    with transaction.atomic():
        row = _mine(ticket, actor)
        if row.state == State.SENDING:
            raise CannotError(_("It is on its way. Look again in a moment."))
        Ticket.objects.filter(pk=row.pk).update(ended_at=clock.now(), due_at=None, want="", text="")
        _tell(row, actor, "took a ticket off")


def find(talk: Conversation, public_id: UUID) -> Ticket | None:
    """A ticket of this conversation."""
    return Ticket.objects.filter(conversation=talk, ended_at=None, public_id=public_id).first()


def address(talk: Conversation) -> str:
    """Where the desk's own people read on."""
    return f"{config().base_url}/c/{talk.public_id}"


def _ready(talk: Conversation, actor: Advisor) -> TicketSystem:
    mine.require(talk, actor)
    system = systems.current()
    if system is None:
        raise CannotError(_("No ticket system is connected. An owner connects one."))
    rows = Ticket.objects.filter(conversation=talk, ended_at=None).exclude(state=State.CLOSED)
    if rows.count() >= rules.MOST:
        raise CannotError(_("Five open tickets are the most. Close one, or take one off."))
    return system


def _mine(ticket: Ticket, actor: Advisor) -> Ticket:
    """As it stands now, under the lock of its conversation."""
    mine.require(ticket.conversation, actor)
    row = Ticket.objects.select_related("conversation", "system").get(pk=ticket.pk)
    if row.ended_at is not None or row.system.ended_at is not None:
        raise CannotError(_("Its system is connected no more, or it was taken off."))
    return row


def _keep(
    talk: Conversation, actor: Advisor, system: TicketSystem, did: str, **values: str
) -> Ticket:
    now = clock.now()
    want = Want.LOOK if values.get("number") else Want.CREATE
    row = Ticket.objects.create(
        conversation=talk, system=system, want=want, due_at=now, made_by=actor, made_at=now,
        **values,
    )  # fmt: skip
    _tell(row, actor, did)
    return row


def _ask(row: Ticket, actor: Advisor, want: Want, did: str, text: str | None = None) -> Ticket:
    row.want, row.due_at, row.attempts, row.words = want, clock.now(), 0, ""
    row.text = row.text if text is None else text
    row.save(update_fields=["want", "due_at", "attempts", "words", "text", "state"])
    _tell(row, actor, did)
    return row


def _tell(row: Ticket, actor: Advisor, did: str) -> None:
    talk = row.conversation
    live.changed(live.conversation(talk.public_id))
    audit.line(actor, did, talk.public_id, ticket=row.number or str(row.public_id))
