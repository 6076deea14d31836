"""Writing a rule, writing it anew, retiring it, and what colleagues say of it."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rejoinder.desk.guidelines.words import Words, fit
from rejoinder.desk.models import Guideline, GuidelineComment, GuidelineVersion
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

COMMENT = 1000


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def write(
    actor: Advisor, words: Words, rule: Guideline | None = None, seen: int = 0
) -> GuidelineVersion:
    """A new rule, or the next version of one; the same words again are no version.

    `seen` is the number of the version that the writer had before their eyes. Raises CannotError
    without a title, and when somebody else wrote a version meanwhile.
    """
    access.require(actor, access.STEER)
    said = fit(words)
    if not said.title:
        raise CannotError(_("Give the rule a title; it stands beside the reply box."))
    with transaction.atomic():
        if rule is None:
            rule, last = Guideline.objects.create(made_at=clock.now()), None
        else:
            last = _newest(rule, seen)
        if last is not None and _same(last, said):
            return last
        GuidelineVersion.objects.filter(guideline=rule, newest=True).update(newest=False)
        made = GuidelineVersion.objects.create(
            guideline=rule,
            number=last.number + 1 if last else 1,
            writer=actor,
            at=clock.now(),
            **asdict(said),
        )
        audit.line(actor, "wrote a guideline", said.title, version=made.number)
    return made


def retire(actor: Advisor, rule: Guideline) -> None:
    """It holds no more; its versions and what was said of them stay."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        holds = Guideline.objects.filter(pk=rule.pk, retired_at=None)
        if holds.update(retired_at=clock.now(), retired_by=actor):
            audit.line(actor, "retired a guideline", rule.pk)


def comment(actor: Advisor, version: GuidelineVersion, text: str) -> GuidelineComment:
    """Everybody who writes may say something. Raises CannotError without a word."""
    access.require(actor, access.DRAFT)
    said = masked(text.strip(), COMMENT)
    if not said:
        raise CannotError(_("Write what you think of the rule."))
    with transaction.atomic():
        made = GuidelineComment.objects.create(
            version=version, advisor=actor, at=clock.now(), text=said
        )
        audit.line(actor, "commented on a guideline", version.title)
    return made


def settle(actor: Advisor, row: GuidelineComment) -> None:
    """It was dealt with."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        open_ = GuidelineComment.objects.filter(pk=row.pk, settled_at=None)
        if open_.update(settled_at=clock.now(), settled_by=actor):
            audit.line(actor, "settled a comment on a guideline", row.version.title)


def _newest(rule: Guideline, seen: int) -> GuidelineVersion:
    """The version that holds, locked against another writer."""
    held = Guideline.objects.select_for_update().get(pk=rule.pk)
    if held.retired_at:
        raise CannotError(_("This rule is retired. Write a new one."))
    number = GuidelineVersion.objects.filter(guideline=held).aggregate(n=Max("number"))["n"]
    if number != seen:
        raise CannotError(
            _("Somebody wrote version %(number)s meanwhile. Read it, then write yours.")
            % {"number": number}
        )
    return GuidelineVersion.objects.get(guideline=held, number=number)


def _same(last: GuidelineVersion, said: Words) -> bool:
    return all(getattr(last, name) == value for name, value in asdict(said).items())
