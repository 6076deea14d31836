"""A draft by the machine: asked by whoever has the conversation, of what was said in public.

What goes there has no name, no handle and no personal data. What comes back is a draft like any
other: it waits in the box, marked, until a person sends it or throws it away.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.answers import told
from rejoinder.channels import registry
from rejoinder.desk import drafting, mine
from rejoinder.desk.machine import asked, choosing
from rejoinder.desk.models import Draft, DraftingMachine
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.suggest.impersonal import impersonal
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.http import network
from rejoinder.plumbing.secrets import CannotUnsealError
from rejoinder.privacy.find import masked
from rejoinder.team import audit
from rejoinder.team.models import Advisor

TIMEOUT = 20.0  # seconds; somebody waits at the page


def may_ask(talk: Conversation, actor: Advisor, row: DraftingMachine | None) -> bool:
    """Whoever has it, where a machine may be asked at all."""
    return row is not None and mine.may_answer(talk, actor) and _why_not(talk, row) == ""


def draft(talk: Conversation, actor: Advisor) -> Draft:
    """The machine's words as the actor's draft. Raises CannotError; what is written stays.

    The audit line is written first: who asked stands there also when no answer came.
    """
    row = _ready(talk, actor)
    posts = _posts(talk)
    if not posts or posts[-1].ours:
        raise CannotError(_("They said nothing in public that is still to be answered."))
    audit.line(actor, "asked a machine for a draft in", talk.public_id, model=row.model)
    text = _drafted(row, asked.body(row.model, posts, _in_public(talk), _limit(talk)))
    with transaction.atomic():
        mine.require(talk, actor)
        _require_empty(talk, actor)
        kept = drafting.save_draft(talk, actor, masked(text, asked.LONGEST))
        kept.machine_at = clock.now()
        kept.save(update_fields=["machine_at"])
    return kept


def _ready(talk: Conversation, actor: Advisor) -> DraftingMachine:
    with transaction.atomic():
        mine.require(talk, actor)
        _require_empty(talk, actor)
    row = choosing.current()
    if row is None:
        raise CannotError(_("No machine drafts here. An owner may choose one."))
    if why := _why_not(talk, row):
        raise CannotError(why)
    return row


def _require_empty(talk: Conversation, actor: Advisor) -> None:
    written = drafting.draft(talk, actor)
    if written is not None and written.text.strip():
        raise CannotError(_("There is a draft already. Empty the box first; nothing was changed."))


def _why_not(talk: Conversation, row: DraftingMachine) -> str:
    """Empty where a machine may be asked."""
    if talk.need == Need.URGENT:
        return _("Who is in urgent need is answered in a person's own words.")
    if talk.channel == "x" and not row.x_approved:
        return _("X has to approve drafts by a machine; no owner has said that it did.")
    return ""


def _posts(talk: Conversation) -> list[asked.Post]:
    """What was said here in public, oldest first, without anything personal."""
    names = [talk.person.name, talk.person.handle]
    heard = Mention.objects.filter(conversation=talk, public=True, deleted_at=None)
    rows = list(heard.order_by("-created_at", "-id").values_list("created_at", "text", "ours"))
    sent = Reply.objects.filter(conversation=talk, state=State.SENT, private=False)
    replies = sent.exclude(sent_at=None).order_by("-sent_at")[: asked.POSTS]
    said = [(at, text, ours) for at, text, ours in rows[: asked.POSTS]]
    said += [(each.sent_at, each.text, True) for each in replies if each.sent_at]
    newest = sorted(said, key=lambda each: each[0])[-asked.POSTS :]
    return [asked.Post(impersonal(masked(text), names), ours) for _at, text, ours in newest]


def _in_public(talk: Conversation) -> str:
    revision = told.suggested(talk)
    return revision.short if revision else ""


def _limit(talk: Conversation) -> int:
    channel = registry.channels().get(talk.channel)
    return min(channel.count("").allowed, asked.LONGEST) if channel else asked.LONGEST


def _drafted(row: DraftingMachine, body: dict[str, object]) -> str:
    url = f"{row.url}/chat/completions"
    try:
        header = choosing.header(row)
        answer = network().call("POST", url, header=header, json=body, timeout=TIMEOUT)
    except (NoAnswerError, CannotUnsealError) as error:
        raise CannotError(_no_draft(str(error))) from None
    if answer.status != 200:
        raise CannotError(_no_draft(_refused(answer)))
    try:
        return asked.text(answer.body)
    except asked.UnreadableError:
        raise CannotError(_no_draft(_("it answered without a text"))) from None


def _refused(answer: Answer) -> str:
    return f"{answer.status} {asked.why(answer.body)}".strip()


def _no_draft(why: str) -> str:
    words = _("The machine gave no draft (%(why)s). Write it yourself, or try again.")
    return words % {"why": why}
