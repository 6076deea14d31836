"""Asking somebody whether they may be quoted, and keeping what they say."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.desk import drafting, take
from rejoinder.desk.models import Quote
from rejoinder.desk.quotes import rules
from rejoinder.desk.quotes.rules import No
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tone.say import language
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.team import access
from rejoinder.team.models import Advisor

Answer = Quote.Answer


def ask(mention: Mention, actor: Advisor, words: str, place: str) -> Conversation:
    """The conversation is the actor's, with the question behind the draft: a person sends it.

    Raises CannotError with the reason, and AlreadyTakenError when a colleague has it.
    """
    access.require(actor, access.ANSWER)
    asked, where = " ".join(words.split()), " ".join(place.split())[: rules.PLACE]
    no = rules.refused(asked, mention.text, where, public=mention.public, masked=masked(asked))
    talk = mention.conversation
    if talk is None or mention.ours or mention.deleted_at:
        no = No.OTHER_WORDS
    if no is not None or talk is None:
        raise CannotError(_why_not(no or No.OTHER_WORDS))
    try:
        with transaction.atomic():
            take.take(talk, actor)
            Quote.objects.create(
                conversation=talk,
                mention=mention,
                words=asked,
                place=where,
                asked_by=actor,
                asked_at=clock.now(),
            )
            question = rules.asking(language(mention.text), asked, where)
            drafting.add_to_draft(talk, actor, question)
            take.tell(talk, actor, "asks to quote the author of")
    except IntegrityError:
        raise CannotError(_("They are asked this already. Wait for their answer.")) from None
    return talk


def heard(quote: Quote, actor: Advisor, answer: str, signed: str = "") -> None:
    """What they said. A yes may be taken back later, a no stands. Raises CannotError."""
    access.require(actor, access.ANSWER)
    if answer not in Answer.values:
        raise CannotError(_("Say what they answered: yes, no, or that they take it back."))
    before = [Answer.YES] if answer == Answer.TAKEN_BACK else [""]
    with transaction.atomic():
        rows = Quote.objects.filter(pk=quote.pk, answer__in=before)
        done = rows.update(
            answer=answer,
            signed=" ".join(signed.split())[:80] if answer == Answer.YES else "",
            answered_at=clock.now(),
            heard_by=actor,
        )
        if not done:
            raise CannotError(_("Their answer was kept already. Look at the page again."))
        take.tell(quote.conversation, actor, "heard about quoting the author of", answer=answer)


def _why_not(no: No) -> str:
    return {
        No.PRIVATE: _("They said this to you alone. What was private is not quoted."),
        No.PLACE: _("Say where it is to stand; a yes holds for that place alone."),
        No.SHORT: _("Choose a few words more."),
        No.LONG: _("Choose at most %(n)s words.") % {"n": rules.LONGEST},
        No.OTHER_WORDS: _("They did not say this, or deleted it. Quote their own words."),
        No.PERSONAL: _("There is personal data in these words. Choose others."),
    }[no]
