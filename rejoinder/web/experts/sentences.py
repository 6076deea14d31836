"""What is said of questions to experts, and of promises: who has it, by when, how late."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from rejoinder.desk.models import Referral, ReferralLink, ReferralWord
from rejoinder.desk.spoken import language
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team.models import Organisation
from rejoinder.web.frame import words
from rejoinder.web.public.render import House, spoken


def clock_words(due_at: datetime) -> str:
    """“15:00, in 28 min”, “15:00, 17 min late”."""
    now = clock.now()
    if now > due_at:
        values = {"at": words.at(due_at), "long": words.length(now - due_at)}
        return _("%(at)s, %(long)s late") % values
    return _("%(at)s, in %(length)s") % {
        "at": words.at(due_at),
        "length": words.length(due_at - now),
    }


def with_whom(row: Referral) -> str:
    """“With Billing, due 15:00, in 28 min”."""
    values = {"area": row.area.name, "clock": clock_words(row.due_at)}
    return _("With %(area)s, due %(clock)s") % values


def of(row: Referral) -> str:
    """Where it stands."""
    if row.ended_at is None:
        return with_whom(row)
    if row.answered_by is None:
        values = {"area": row.area.name, "at": words.at(row.ended_at)}
        return _("Taken back from %(area)s, %(at)s") % values
    values = {
        "expert": row.answered_by.name,
        "area": row.area.name,
        "at": words.at(row.ended_at),
    }
    return _("%(expert)s of %(area)s answered, %(at)s") % values


def who_said(word: ReferralWord) -> str:
    """Who said it, and what it does."""
    name = word.expert.name if word.expert else str(word.advisor)
    if word.kind == ReferralWord.Kind.PASSED and word.area:
        return _("%(name)s passed it on to %(area)s") % {"name": name, "area": word.area.name}
    if word.kind == ReferralWord.Kind.ASKS:
        return _("%(name)s asks back") % {"name": name}
    return name


def mails(links: Sequence[ReferralLink]) -> list[str]:
    """Who was told by e-mail, and who was not."""
    return [_mail(each) for each in links if each.ended_at is None]


def _mail(link: ReferralLink) -> str:
    name = link.expert.name
    if link.words:
        return _("%(name)s has no e-mail yet: %(words)s") % {"name": name, "words": link.words}
    if link.mailed_at is None:
        return _("The e-mail to %(name)s leaves now") % {"name": name}
    return _("E-mailed to %(name)s, %(at)s") % {"name": name, "at": words.at(link.mailed_at)}


def promise_to(talk: Conversation, by: datetime) -> str:
    """The promise as the person reads it: in the language they wrote in, by the house's clock."""
    house = Organisation.objects.first() or Organisation()
    with spoken(language(talk), House("", house.time_zone, house.language)):
        return _("You hear from us by %(at)s.") % {"at": words.at(by)}
