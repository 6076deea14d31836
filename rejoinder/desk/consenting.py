"""Asking somebody for their consent where nobody else reads it, and keeping what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rejoinder.desk import drafting, privately, spoken
from rejoinder.desk.models import Draft
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.privacy.consents import keeping, rules, words
from rejoinder.privacy.consents.keeping import Said
from rejoinder.privacy.models import Consent
from rejoinder.privacy.retention import holds
from rejoinder.privacy.vault import Person
from rejoinder.team import access
from rejoinder.team.models import Advisor

SHOWN = 10  # private messages that an answer may stand in


@dataclass(frozen=True, slots=True)
class Answer:
    """What they said, about which contact, for what, until when; `mention` is where they wrote
    it, None when the words were read to them on the telephone.
    """

    field: str
    purpose: str
    last_day: date
    yes: bool
    mention: int | None = None


def question(talk: Conversation, purpose: str, last_day: date) -> str:
    """The words, in the language they wrote in."""
    return words.question(purpose, spoken.language(talk), last_day)


def ask(talk: Conversation, actor: Advisor, purpose: str, last_day: date) -> Draft:
    """Put the question into the draft of a private reply. Raises CannotError."""
    access.require(actor, access.ANSWER)
    if purpose not in rules.PURPOSES:
        raise CannotError(_("Consent is not asked for this purpose."))
    if not privately.audience(talk, actor).private:
        kept = drafting.draft(talk, actor)
        privately.choose(talk, actor, private=True, text=kept.text if kept else "")
    return drafting.add_to_draft(talk, actor, question(talk, purpose, last_day), between="\n\n")


def keep(talk: Conversation, actor: Advisor, answer: Answer) -> Consent:
    """Write down what they said. Raises CannotError; RuntimeError within a transaction."""
    access.require(actor, access.ANSWER)
    by_call = answer.mention is None
    if not by_call and answer.mention not in {row.pk for row in messages(talk)}:
        raise CannotError(_("Choose the private message in which they said it."))
    said = Said(
        Person(talk.person.channel, talk.person.external_id),
        answer.field,
        answer.purpose,
        spoken.language(talk),
        answer.last_day,
        Consent.Way.CALL if by_call else Consent.Way.MESSAGE,
        "call" if by_call else f"mention {answer.mention}",
        answer.yes,
    )
    try:
        return keeping.keep(said, actor)
    except holds.CannotError as error:
        raise CannotError(str(error)) from None


def messages(talk: Conversation) -> Sequence[Mention]:
    """Their newest private messages here: a yes that everybody reads is none."""
    rows = Mention.objects.filter(conversation=talk, person=talk.person, public=False, ours=False)
    return list(rows.filter(deleted_at=None).order_by("-created_at", "-pk")[:SHOWN])


def said(talk: Conversation) -> Sequence[Consent]:
    """Everything they said so far, the newest first."""
    return keeping.said_by(Person(talk.person.channel, talk.person.external_id))
