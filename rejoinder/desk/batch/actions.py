"""Making a batch of people whom somebody looked through, and stopping it."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.answers.models import Revision
from rejoinder.channels import registry
from rejoinder.desk import refusals
from rejoinder.desk.batch.propose import Proposal, corrections, news, pointers
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import LEAVING
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

REPLACED = "a newer correction"


def may_make(actor: Advisor) -> bool:
    """Whoever steers, and answers."""
    return access.may(actor, access.STEER) and access.may(actor, access.ANSWER)


def proposals(kind: str, revision: Revision, actor: Advisor, *, link: bool) -> list[Proposal]:
    """Whom such a batch could tell."""
    find = {
        Batch.Kind.POINTERS: pointers, Batch.Kind.CORRECTIONS: corrections, Batch.Kind.NEWS: news
    }  # fmt: skip
    return find[Batch.Kind(kind)](revision, actor, link=link)


def make(
    kind: str, revision: Revision, actor: Advisor, chosen: Mapping[int, str], *, link: bool
) -> Batch:
    """Tell these people, by conversation with the words for each; who is unfit by now is left out.

    A correction takes the place of older ones of its answer that have not left. Raises
    CannotError when nobody is chosen, the words of one are too long, or the revision is not the
    newest.
    """
    access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    _require_newest(revision)
    with transaction.atomic():
        fit = [
            one
            for one in proposals(kind, revision, actor, link=link)
            if one.conversation.pk in chosen and one.unfit is None
        ]
        if not fit:
            raise refusals.CannotError(_("Nobody is chosen whom this batch may tell."))
        if kind == Batch.Kind.CORRECTIONS:
            _replace_older(revision, actor)
        batch = Batch.objects.create(kind=kind, revision=revision, advisor=actor, at=clock.now())
        _add(batch, fit, chosen)
        audit.line(actor, f"began a batch of {kind}", revision.answer.slug, people=len(fit))
        live.changed(live.ANSWERS)
    return batch


def stop(batch: Batch, actor: Advisor | None, why: str) -> int:
    """Nobody more is told; who is not yet told by it. `actor` None: it stopped by itself.

    Replies that wait in the outbox are withdrawn; those that left cannot be.
    """
    if actor is not None:
        access.require(actor, access.STEER)
    with transaction.atomic():
        open_ = Batch.objects.filter(pk=batch.pk, ended_at=None)
        if not open_.update(ended_at=clock.now(), stopped_by=actor, stopped_why=why[:300]):
            return 0
        left = _withdraw(batch, actor or batch.advisor)
        audit.line(actor, "stopped a batch", batch.revision.answer.slug, why=why, left=left)
        live.changed(live.ANSWERS)
    return left


def finish(batch: Batch) -> bool:
    """Everybody is told: it has ended by itself; whether it had not before."""
    rows = BatchItem.objects.filter(batch=batch)
    if rows.filter(state__in=[BatchItem.State.WAITING, BatchItem.State.QUEUED]).exists():
        return False
    ended = Batch.objects.filter(pk=batch.pk, ended_at=None).update(ended_at=clock.now())
    if ended:
        live.changed(live.ANSWERS)
    return bool(ended)


def _add(batch: Batch, fit: Sequence[Proposal], chosen: Mapping[int, str]) -> None:
    items = []
    for one in fit:
        account = one.conversation.account
        if account is None:
            continue
        text = chosen[one.conversation.pk].strip() or one.text
        count = registry.channel(account.channel).count(text)
        if not count.ok:
            raise refusals.TooLongError(count.used, count.allowed)
        items.append(
            BatchItem(
                batch=batch,
                revision=batch.revision,
                person_id=one.conversation.person_id,
                conversation=one.conversation,
                account=account,
                text=text,
            )
        )
    # One person may wait in two conversations: they are told once.
    unique = list({item.person_id: item for item in reversed(items)}.values())[::-1]
    try:
        with transaction.atomic():
            BatchItem.objects.bulk_create(unique)
    except IntegrityError:
        raise refusals.CannotError(
            _("Somebody began another batch for these people a moment ago. Look again.")
        ) from None


def _require_newest(revision: Revision) -> None:
    newer = Revision.objects.filter(
        answer=revision.answer_id,
        language=revision.language,
        published_at__isnull=False,
        number__gt=revision.number,
    )
    if revision.published_at is None or newer.exists():
        raise refusals.CannotError(_("Only the newest published revision is told to people."))
    if revision.answer.withdrawn_at is not None:
        raise refusals.CannotError(_("This answer was withdrawn. Nobody is told it any more."))


def _replace_older(revision: Revision, actor: Advisor) -> None:
    older = Batch.objects.filter(revision__answer=revision.answer_id, ended_at=None)
    for batch in older.exclude(revision=revision):
        stop(batch, actor, REPLACED)


def _withdraw(batch: Batch, actor: Advisor) -> int:
    waiting = BatchItem.objects.filter(batch=batch, state=BatchItem.State.WAITING)
    left = waiting.update(state=BatchItem.State.LEFT_OUT, why="stopped")
    queued = BatchItem.objects.filter(batch=batch, state=BatchItem.State.QUEUED)
    for item in queued.select_related("reply"):
        if item.reply is not None and item.reply.state in LEAVING:
            outbox.withdraw(item.reply, actor)
            left += 1
    return left
