"""Whom a batch could tell, each with the words and, if they are not to be told, why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.answers.models import Covered, Revision, Told
from rejoinder.channels import registry
from rejoinder.desk.batch import rules
from rejoinder.desk.batch.rules import Asker, Unfit
from rejoinder.desk.models import BatchItem
from rejoinder.listening.models import Conversation, Mention
from rejoinder.listening.read.words import NEEDS
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team.models import Advisor

RAISED = timedelta(days=28)  # how long ago somebody asked who may hear that there is news
MOST = 2_000  # people on one page; the next batch has the others


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person, what they would be told, and why not if so."""

    conversation: Conversation
    said: str
    text: str
    unfit: Unfit | None
    asked_again: bool = False


def pointers(revision: Revision, actor: Advisor, *, link: bool = False) -> list[Proposal]:
    """Everybody who waits and asks what this revision answers, who came first first."""
    text = rules.words(revision.short, short_link(revision) if link else "")
    rows = access.visible(actor, _waiting(revision))
    return [_pointer(talk, text) for talk in rows[:MOST]]


def corrections(revision: Revision, actor: Advisor, *, link: bool = False) -> list[Proposal]:
    """Everybody who last heard something that has changed since: who asked again first."""
    revisions = _changes(revision)
    text = _correction(revision, link=link)
    found = [
        _corrected(talk, text)
        for talk in access.visible(actor, _told_before(revision))
        if rules.corrects(talk.last_heard, revisions)
    ]
    return sorted(found, key=lambda one: not one.asked_again)[:MOST]


def news(revision: Revision, actor: Advisor, *, link: bool = False) -> list[Proposal]:
    """Everybody who asked it in four weeks, does not wait, and never heard this answer: who came
    first first. Who heard an older version hears of a change by a correction.
    """
    text = rules.words(revision.short, short_link(revision) if link else "")
    rows = access.visible(actor, _raised(revision))
    return [_told_news(talk, text) for talk in rows[:MOST]]


def short_link(revision: Revision) -> str:
    """The desk's own, which counts visits and no people."""
    return f"{config().base_url}/s/{revision.answer.code}"


def _waiting(revision: Revision) -> QuerySet[Any]:
    """Conversations whose last word asks a question that this answer covers.

    Those who wrote the words of somebody else have no turn of their own: the queue shows them as
    one. Each of them asked all the same, and a pointer is for each.
    """
    last = Mention.objects.filter(pk=OuterRef("last_mention_id"))
    covered = Covered.objects.filter(answer=revision.answer_id, until=None).values("question")
    sent = Reply.objects.filter(conversation=OuterRef("pk"), state=State.SENT)
    copy = Q(copy_of__isnull=False)
    return (
        Conversation.objects.filter(Q(waiting_since__isnull=False) | Exists(last.filter(copy)))
        .annotate(
            asks=Subquery(last.values("question_id")[:1]),
            said=Subquery(last.values("text")[:1]),
            addressed=Subquery(last.values("tagged")[:1]),
            deleted=Subquery(last.values("deleted_at")[:1]),
            reads=Subquery(last.values("need")[:1]),
            continued=Exists(sent),
            heard_it=Exists(_heard(revision)),
        )
        .filter(asks__in=covered)
        .exclude(Q(heard_it=True) | Q(continued=True), waiting_since=None)
        .select_related("person", "account", "holder")
        .order_by("last_at", "id")
    )


def _raised(revision: Revision) -> QuerySet[Any]:
    """Conversations that are answered or closed, in which a question was asked that this covers."""
    covered = Covered.objects.filter(answer=revision.answer_id, until=None).values("question")
    told = Told.objects.filter(person=OuterRef("person"), revision__answer=revision.answer_id)
    said = Mention.objects.filter(conversation=OuterRef("pk"), ours=False)
    asked = said.filter(question_id__in=covered, created_at__gte=clock.now() - RAISED)
    newest = asked.order_by("-created_at", "-id")
    return (
        Conversation.objects.filter(Exists(asked), waiting_since=None, joined_into=None)
        .exclude(Exists(told))
        .annotate(
            said=Subquery(newest.values("text")[:1]),
            addressed=Subquery(newest.values("tagged")[:1]),
            deleted=Subquery(newest.values("deleted_at")[:1]),
            reads=Subquery(newest.values("need")[:1]),
            heard_it=Exists(_by_batch(revision)),
        )
        .select_related("person", "account", "holder")
        .order_by("last_at", "id")
    )


def _told_before(revision: Revision) -> QuerySet[Any]:
    """The conversation in which each person last heard this answer, in its language."""
    mine = Told.objects.filter(
        revision__answer=revision.answer_id, revision__language=revision.language
    )
    newest = mine.filter(person=OuterRef("person")).order_by("-at", "-id")
    last = mine.filter(pk=Subquery(newest.values("pk")[:1])).filter(
        revision__number__lt=revision.number
    )
    asked_again = Mention.objects.filter(
        person=OuterRef("person"), ours=False, deleted_at=None, created_at__gt=OuterRef("heard_at")
    )
    heard = last.filter(conversation=OuterRef("pk"))
    said = Mention.objects.filter(conversation=OuterRef("pk"), ours=False, deleted_at=None)
    return (
        Conversation.objects.filter(pk__in=last.values("conversation"))
        .annotate(
            last_heard=Subquery(heard.values("revision__number")[:1]),
            heard_at=Subquery(heard.values("at")[:1]),
        )
        .annotate(
            again=Exists(asked_again),
            said=Subquery(said.order_by("-created_at", "-id").values("text")[:1]),
            heard_it=Exists(_by_batch(revision)),
        )
        .select_related("person", "account", "holder")
        .order_by("heard_at", "id")
    )


def _heard(revision: Revision) -> QuerySet[Told]:
    return Told.objects.filter(
        person=OuterRef("person"),
        revision__answer=revision.answer_id,
        revision__number__gte=revision.number,
    )


def _by_batch(revision: Revision) -> QuerySet[BatchItem]:
    on_the_way = ~Q(state=BatchItem.State.LEFT_OUT)
    return BatchItem.objects.filter(on_the_way, person=OuterRef("person"), revision=revision)


def _changes(revision: Revision) -> list[tuple[int, bool]]:
    """Each published revision of this language, and whether it changed what people were told."""
    rows = Revision.objects.filter(
        answer=revision.answer_id,
        language=revision.language,
        published_at__isnull=False,
        number__lte=revision.number,
    )
    told = rows.values_list("number", "material", "harmful")
    return [(number, material or harmful) for number, material, harmful in told]


def _pointer(talk: Any, text: str) -> Proposal:
    asker = Asker(
        need=NEEDS[_need(talk)],
        asked_us=bool(talk.addressed),
        continued=talk.continued,
        in_hand=talk.holder_id is not None,
        told=talk.heard_it,
        deleted=talk.deleted is not None,
    )
    return Proposal(talk, talk.said or "", text, rules.unfit(asker) or _cannot(talk, text))


def _told_news(talk: Any, text: str) -> Proposal:
    asker = Asker(
        need=NEEDS[_need(talk)],
        asked_us=bool(talk.addressed),
        continued=False,  # it ended; this is new
        in_hand=talk.holder_id is not None,
        told=talk.heard_it,
        deleted=talk.deleted is not None,
    )
    return Proposal(talk, talk.said or "", text, rules.unfit(asker) or _cannot(talk, text))


def _need(talk: Any) -> int:
    """Theirs; of who has no turn of their own, that of what they said."""
    own = talk.waiting_since is not None or talk.reads is None
    return int(talk.need if own else talk.reads)


def _corrected(talk: Any, text: str) -> Proposal:
    unfit: Unfit | None = "told" if talk.heard_it else None
    if talk.said is None:
        unfit = "deleted"
    return Proposal(
        talk, talk.said or "", text, unfit or _cannot(talk, text), asked_again=talk.again
    )


def _cannot(talk: Conversation, text: str) -> Unfit | None:
    """Why no reply with these words can be sent there."""
    account = talk.account
    if account is None or account.disconnected_at is not None:
        return "no-account"
    return None if registry.channel(account.channel).count(text).ok else "too-long"


def _correction(revision: Revision, *, link: bool) -> str:
    """In the language of the answer."""
    with translation.override(revision.language):
        sorry = _("What we told you has changed, and we are sorry.")
    address = short_link(revision) if link else ""
    return rules.correction(revision.short, revision.what_changed, sorry, address)
