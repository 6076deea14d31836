"""What people do about an impostor: report it, warn whom it answered, say what came of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk import drafting, take
from rejoinder.desk.impostors.seeking import answered
from rejoinder.desk.models import Impostor
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tone.say import language
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor
from rejoinder.team.notify import calls

WORDS = 300
EVIDENCE = 20  # of their mentions, the newest
_WARNING = {
    "en": "Please take care: {theirs} is not us. We are {ours}. We never ask for a password, a PIN "
    "or a card number. Please follow no link from that account.",
    "de": "Bitte Vorsicht: {theirs} sind nicht wir. Wir sind {ours}. Wir fragen nie nach einem "
    "Passwort, einer PIN oder Kartennummer. Links von diesem Konto bitte nicht folgen.",
}


def may_decide(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def evidence(row: Impostor) -> list[Mention]:
    """What they said, newest first."""
    talks = Conversation.objects.filter(person=row.person).values("pk")
    rows = Mention.objects.filter(conversation__in=talks, ours=False)
    return list(rows.order_by("-pk")[:EVIDENCE])


def whom_they_answered(row: Impostor, theirs: list[Mention]) -> list[Conversation]:
    """Conversations with other people in threads in which they spoke, newest first."""
    talks = (each.conversation for each in answered(row.person, [said.pk for said in theirs]))
    return list({talk.pk: talk for talk in talks if talk is not None}.values())


def reported(row: Impostor, actor: Advisor) -> None:
    """Somebody reported it to the platform."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        told = {"reported_at": clock.now(), "reported_by": actor}
        if Impostor.objects.filter(pk=row.pk, reported_at=None, end="").update(**told):
            _seen_to(row, actor)
            audit.line(actor, "reported an account that looks like ours", row.pk)


def end(row: Impostor, actor: Advisor, as_: str, why: str) -> None:
    """It is gone, or it is none and why. Raises CannotError."""
    access.require(actor, access.STEER)
    if as_ not in Impostor.End.values:
        raise CannotError(_("Say whether it is gone, or is no impostor."))
    words = masked(why.strip(), WORDS)
    if as_ == Impostor.End.NONE and not words:
        raise CannotError(_("Say in a few words why it is no impostor; it is not shown again."))
    with transaction.atomic():
        done = {"end": as_, "end_why": words, "ended_at": clock.now(), "ended_by": actor}
        if Impostor.objects.filter(pk=row.pk, end="").update(**done):
            _seen_to(row, actor)
            audit.line(actor, "closed an account that looks like ours", row.pk, end=as_)


def warn(row: Impostor, talk: Conversation, actor: Advisor) -> Conversation:
    """The conversation is the actor's, with a warning behind the draft: a person sends it.

    Raises CannotError, and AlreadyTakenError when a colleague has it.
    """
    access.require(actor, access.DRAFT)
    if talk not in whom_they_answered(row, evidence(row)):
        raise CannotError(_("They answered nobody in this conversation."))
    last = Mention.objects.filter(pk=talk.last_mention_id or 0).values_list("text", flat=True)
    words = warning(row, language(next(iter(last), "")))
    with transaction.atomic():
        take.take(talk, actor)
        drafting.add_to_draft(talk, actor, words)
    return talk


def warning(row: Impostor, tongue: str) -> str:
    """The words, in German or English."""
    theirs = row.person.handle or row.person.name
    return _WARNING["de" if tongue.startswith("de") else "en"].format(
        theirs=theirs, ours=row.account.handle or row.account.name
    )


def _seen_to(row: Impostor, actor: Advisor) -> None:
    """Somebody sees to it; open pages say so."""
    calls.seen(f"impostor:{row.pk}", actor)
    live.changed(live.QUEUE)
