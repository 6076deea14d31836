"""Who was told which revision: found in the words of each reply that was sent."""

from django.db.models import Count, QuerySet

from rejoinder.answers import quoted
from rejoinder.answers.models import Answer, Covered, Revision, Told
from rejoinder.listening import questions
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

MOST = 500  # revisions that a reply is held against
BY_CHANCE = 6  # runs of words that no reply says again unless it means the answer


def after(reply: Reply) -> None:
    """Runs in the transaction that settled the reply: one that was sent and told an answer."""
    if reply.state != State.SENT:
        return
    revision = _told(reply)
    if revision is not None:
        Told.objects.get_or_create(
            reply=reply,
            defaults={
                "revision_id": revision,
                "person_id": reply.conversation.person_id,
                "conversation": reply.conversation,
                "account": reply.account,
                "at": reply.sent_at or clock.now(),
            },
        )
        _teach(reply, revision)


def _teach(reply: Reply, revision: int) -> None:
    """Who was answered so asked what it answers: a label that costs nobody a key.

    An answer to several questions does not say which; then the reading has to be among them.
    """
    answer = Revision.objects.values_list("answer", flat=True).get(pk=revision)
    covered = Covered.objects.filter(answer=answer, until=None).select_related("question")
    asked = {each.question_id: each.question for each in covered}
    only = next(iter(asked.values())) if len(asked) == 1 else None
    question = asked.get(reply.mention.question_id or 0) or only
    if question is not None and question.name:
        questions.learn(reply.mention, reply.advisor, question)


def by_voice(revision: Revision, conversation: Conversation, actor: Advisor) -> Told:
    """Somebody was told it without a reply of the desk: a caller, say."""
    access.require(actor, access.ANSWER)
    told = Told.objects.create(
        revision=revision,
        person_id=conversation.person_id,
        conversation=conversation,
        account=conversation.account,
        at=clock.now(),
    )
    audit.line(actor, "told an answer to", conversation.public_id, revision=revision.number)
    return told


def suggested(conversation: Conversation) -> Revision | None:
    """What is public about the question that the person's last word asks, in its language if said.

    Where the answer is not said in that language, it is the answer's own.
    """
    last = Mention.objects.filter(pk=conversation.last_mention_id or 0).first()
    if last is None or last.question_id is None:
        return None
    covered = Covered.objects.filter(question=last.question_id, until=None).first()
    if covered is None:
        return None
    rows = Revision.objects.filter(answer=covered.answer_id, published_at__isnull=False)
    newest = {row.language: row for row in rows.select_related("answer").order_by("number")}
    spoken = next((row for tag, row in newest.items() if _same(tag, last.language)), None)
    own = Answer.objects.filter(pk=covered.answer_id).values_list("language", flat=True).first()
    return spoken or newest.get(own or "")


def people(revision: Revision, actor: Advisor) -> QuerySet[Told]:
    """Who was told this revision, first told first."""
    rows = access.visible(actor, Told.objects.filter(revision=revision))
    return rows.select_related("person", "conversation", "account").order_by("at", "id")


def by_channel(revision: Revision) -> list[tuple[str, int]]:
    """How many people were told it on each channel, most first."""
    rows = Told.objects.filter(revision=revision).values_list("person__channel")
    return list(rows.annotate(n=Count("person", distinct=True)).order_by("-n", "person__channel"))


def _told(reply: Reply) -> int | None:
    """What it says, of the answers one would expect in it; else of all that are public."""
    expected = quoted.quoted(reply.text, _expected(reply))
    return expected or quoted.quoted(reply.text, _public(), runs=BY_CHANCE)


def _expected(reply: Reply) -> list[quoted.Told]:
    """The revisions of answers that the reply links or that cover what was asked, newest first."""
    covered = Covered.objects.filter(question=reply.mention.question_id or 0)
    linked = Answer.objects.filter(code__in=quoted.codes(reply.text))
    answers = {*covered.values_list("answer", flat=True), *linked.values_list("pk", flat=True)}
    return _newest(Revision.objects.filter(answer__in=answers))


def _public() -> list[quoted.Told]:
    """The newest revisions of live answers: whoever knows one by heart needs no suggestion."""
    return _newest(Revision.objects.filter(answer__withdrawn_at=None))


def _newest(rows: QuerySet[Revision]) -> list[quoted.Told]:
    said = rows.filter(published_at__isnull=False).order_by("-published_at", "-id")
    return [quoted.Told(*row) for row in said.values_list("pk", "short", "answer__code")[:MOST]]


def _same(tag: str, language: str) -> bool:
    """Whether a text in that language reads this edition: en-gb is read by en."""
    spoken = language.partition("-")[0].lower()
    return bool(spoken) and tag.partition("-")[0].lower() == spoken
