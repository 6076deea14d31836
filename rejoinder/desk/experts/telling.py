"""What an expert does on the page of their link: answer, ask back, pass it on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from rejoinder.desk.experts import asking, links, rules
from rejoinder.desk.models import (
    Assignment,
    BusinessArea,
    Draft,
    Expert,
    Referral,
    ReferralLink,
    ReferralWord,
)
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor
from rejoinder.team.rota.duty import duty

Kind = ReferralWord.Kind


class TooManyError(CannotError):
    """This link was written on too often of late."""


def answer(link: ReferralLink, text: str) -> ReferralWord:
    """The answer: it stands in the advisor's conversation as a draft, and all links are shut.

    Raises CannotError when the link is shut or nothing was written.
    """
    with transaction.atomic():
        said = _say(link, Kind.ANSWER, _needed(text))
        now = clock.now()
        Referral.objects.filter(pk=link.referral_id).update(ended_at=now, answered_by=link.expert)
        asking.shut(link.referral)
        _bring_back(link.referral, said.text, now)
        _tell(link, link.expert, "an expert answered, of")
    return said


def ask_back(link: ReferralLink, text: str) -> ReferralWord:
    """A question to whoever asked. Raises CannotError."""
    with transaction.atomic():
        said = _say(link, Kind.ASKS, _needed(text))
        _tell(link, link.expert, "an expert asked back, of")
    return said


def pass_on(link: ReferralLink, to: Sequence[Expert], text: str = "") -> ReferralWord:
    """Not theirs: it is with these now, of one area. Raises CannotError."""
    if not to or to[0].area_id == link.referral.area_id:
        raise CannotError(_("Choose whom to ask instead."))
    area = to[0].area
    with transaction.atomic():
        said = _say(link, Kind.PASSED, text.strip()[: asking.LONGEST], area)
        _check_passing(link.referral, area)
        asking.shut(link.referral)
        Referral.objects.filter(pk=link.referral_id).update(area=area)
        link.referral.area = area
        asking.open_links(link.referral, to)
        _tell(link, link.expert, "an expert passed it on to")
    return said


def _say(
    link: ReferralLink, kind: Kind, text: str, area: BusinessArea | None = None
) -> ReferralWord:
    """The row, while the link is open: whoever comes second finds it shut."""
    Referral.objects.select_for_update().get(pk=link.referral_id)
    fresh = ReferralLink.objects.select_related("referral").get(pk=link.pk)
    now = clock.now()
    if rules.door(links.known(fresh), now) is not rules.Door.OPEN:
        raise CannotError(_("This question has been answered or taken back."))
    mine = ReferralWord.objects.filter(referral=link.referral_id, expert=link.expert)
    if not rules.may_write(list(mine.values_list("at", flat=True)), now):
        raise TooManyError(_("That was much within an hour. Please write again a little later."))
    return ReferralWord.objects.create(
        referral=link.referral, kind=kind, at=now, expert=link.expert, area=area, text=text
    )


def _check_passing(referral: Referral, area: BusinessArea) -> None:
    if referral.said.filter(kind=Kind.PASSED).count() > rules.MOST_PASSED:
        raise CannotError(_("This went round often enough. Write whom to ask, and the desk does."))
    others = Referral.objects.filter(conversation=referral.conversation_id, ended_at=None)
    if others.filter(area=area).exclude(pk=referral.pk).exists():
        raise CannotError(_("%(area)s is asked already.") % {"area": area.name})


def _bring_back(referral: Referral, text: str, now: datetime) -> None:
    """Whoever has the conversation has the words as a draft, unless they wrote on; one that nobody
    has waits again, with whoever asked while they are there.
    """
    talk = Conversation.objects.select_for_update().get(pk=referral.conversation_id)
    if talk.holder_id is None and _is_there(referral.asker):
        talk.holder, talk.held_at = referral.asker, now
        Assignment.objects.create(conversation=talk, advisor=referral.asker, at=now)
    Conversation.objects.filter(pk=talk.pk).update(
        holder=talk.holder_id, held_at=talk.held_at, waiting_since=Coalesce("waiting_since", now)
    )
    if talk.holder is not None:
        _into_draft(referral, talk.holder, text, now)


def _into_draft(referral: Referral, holder: Advisor, text: str, now: datetime) -> None:
    draft, _new = Draft.objects.get_or_create(
        conversation=referral.conversation, advisor=holder, defaults={"saved_at": now}
    )
    if draft.text.strip():
        return
    Draft.objects.filter(pk=draft.pk).update(text=text, saved_at=now)
    Referral.objects.filter(pk=referral.pk).update(used_at=now)


def _is_there(advisor: Advisor) -> bool:
    """On duty; where no rota is kept, in the team."""
    now = duty()
    return access.may(advisor, access.ANSWER) and (advisor.pk in now.on or not now.is_kept)


def _needed(text: str) -> str:
    if not text.strip():
        raise CannotError(_("There is no text yet. Write it, then send."))
    return text.strip()[: asking.LONGEST]


def _tell(link: ReferralLink, expert: Expert, did: str) -> None:
    talk = link.referral.conversation
    live.changed(live.QUEUE, live.conversation(talk.public_id))
    audit.line(None, did, link.referral.area.name, expert=expert.name)
