"""Acknowledges what was heard privately since the last look; called every few seconds."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings as django
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk import spoken
from rejoinder.desk.acknowledging import rules, settings, words
from rejoinder.desk.acknowledging.rules import Word
from rejoinder.desk.models import Acknowledging
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import acknowledgement
from rejoinder.outbox.models import Acknowledgement
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset
from rejoinder.team import access
from rejoinder.team.models import Organisation
from rejoinder.team.rota import opening

AT_ONCE = 200


def run() -> int:
    """How many acknowledgements were queued. Of several workers one goes on from each mark."""
    kept = settings.standing()
    if kept is None or not access.may(kept.began_by, access.STEER):
        return 0
    with transaction.atomic():
        mark = Offset.objects.select_for_update().filter(reader=settings.READER).first()
        newest = Mention.objects.aggregate(last=Max("id"))["last"] or 0
        if mark is None or mark.value >= newest:
            return 0
        heard = _heard(mark.value, newest)
        mark.value = heard[-1].pk if len(heard) == AT_ONCE else newest
        mark.save(update_fields=["value"])
        return _acknowledge(heard, kept)


def _heard(after: int, newest: int) -> list[Mention]:
    rows = Mention.objects.filter(
        id__gt=after, id__lte=newest, public=False, ours=False, conversation__isnull=False
    )
    return list(rows.select_related("conversation", "account").order_by("id")[:AT_ONCE])


def _acknowledge(heard: Sequence[Mention], kept: Acknowledging) -> int:
    now, house = clock.now(), opening.opening()
    due = set(rules.due(_words(heard), now, is_open=house.is_open, back=house.next))
    for mention in heard:
        if mention.pk in due and house.next is not None:
            text = _text(mention, kept, house.next)
            acknowledgement.queue(mention, kept.began_by, text, house.next)
    return len(due)


def _words(heard: Sequence[Mention]) -> list[Word]:
    talks = {each.conversation_id for each in heard}
    people = {each.person_id for each in heard}
    rows = Acknowledgement.objects.filter(conversation__in=talks)
    told = dict(rows.values_list("conversation").annotate(at=Max("written_at")))
    lately = Acknowledgement.objects.filter(written_at__gt=clock.now() - rules.QUIET)
    to_person = lately.filter(conversation__person__in=people)
    told_people = dict(to_person.values_list("conversation__person").annotate(at=Max("written_at")))
    return [
        Word(
            number=each.pk,
            talk=each.conversation_id or 0,
            person=each.person_id,
            written=each.created_at,
            public=each.public,
            waits=_waits(each),
            reachable=_reachable(each),
            told=told.get(each.conversation_id),
            told_person=told_people.get(each.person_id),
        )
        for each in heard
    ]


def _waits(mention: Mention) -> bool:
    """Triage lets nobody wait for what a machine wrote, nor shows it as the last word."""
    talk = mention.conversation
    return (
        talk is not None
        and talk.waiting_since is not None
        and talk.last_mention_id == mention.pk
        and mention.deleted_at is None
    )


def _reachable(mention: Mention) -> bool:
    """Whether a program may answer privately there. What is done by hand is done by people."""
    channel = registry.channels().get(mention.channel)
    account = mention.account
    connected = account is not None and account.disconnected_at is None
    if channel is None or not connected or not channel.can.private:
        return False
    return not channel.can.record


def _text(mention: Mention, kept: Acknowledging, back: datetime) -> str:
    house = Organisation.objects.first() or Organisation()
    talk = mention.conversation or Conversation()
    language = words.spoken(spoken.language(talk), kept.texts, house.language)
    return words.said(kept.texts[language], _when(back, house.time_zone, language))


def _when(back: datetime, zone: str, language: str) -> str:
    """On Monday 23 November at 09:00, on the clock of the house."""
    known = next((code for code, _name in django.LANGUAGES if words.short(code) == language), "en")
    with translation.override(known):
        there = back.astimezone(ZoneInfo(zone))
        day, hour = date_format(there, _("l j F")), date_format(there, "H:i")
        return _("on %(day)s at %(hour)s") % {"day": day, "hour": hour}
