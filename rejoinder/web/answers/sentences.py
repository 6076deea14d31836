"""The sentences of the desk about a public answer."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.answers.editions import Edition
from rejoinder.answers.models import Answer
from rejoinder.answers.outcome import Outcome
from rejoinder.answers.plain import Hint, Reading
from rejoinder.outbox.models import Publication, State
from rejoinder.privacy.find.kinds import Span
from rejoinder.web.frame import words
from rejoinder.web.talk import reasons

SHOWN = 60  # letters of a spot that a hint speaks of


def state(answer: Answer, edition: Edition) -> str:
    """Where it is, in one sentence."""
    if answer.withdrawn_at:
        return _("Taken back at %(at)s: %(why)s") % {
            "at": words.at(answer.withdrawn_at),
            "why": answer.withdrawn_why,
        }
    if edition.public is None or edition.public.published_at is None:
        return _("Nothing is public yet.")
    values = {"n": edition.public.number, "at": words.at(edition.public.published_at)}
    return _("Revision %(n)s is public since %(at)s.") % values


def plainness(reading: Reading, text: str) -> tuple[str, list[str]]:
    """How it reads in a sentence, and the hints."""
    many = ngettext("%(n)s word.", "%(n)s words.", reading.words) % {
        "n": words.figure(reading.words)
    }
    if reading.age is not None:
        many = f"{_('Reads at age %(age)s.') % {'age': reading.age}} {many}"
    return many, [_hint(each, text) for each in reading.hints]


def personal(spans: Sequence[Span]) -> str:
    """What of it is somebody's own; nothing of that belongs on a public page."""
    kinds = list(dict.fromkeys(reasons.kind_labels()[span.kind] for span in spans))
    if not kinds:
        return ""
    return _("Personal data in the text: %(kinds)s. Everybody would read it.") % {
        "kinds": ", ".join(kinds)
    }


def length(characters: int, too_long: Sequence[str]) -> str:
    """How long the short form is and where it does not fit as it stands."""
    many = ngettext("%(n)s character", "%(n)s characters", characters) % {
        "n": words.figure(characters)
    }
    if not too_long:
        return _("%(many)s; fits every connected channel.") % {"many": many}
    return _("%(many)s; too long for %(channels)s.") % {
        "many": many,
        "channels": ", ".join(too_long),
    }


def settled(outcome: Outcome) -> str:
    """How many of those who were told did not ask again: a result only once their day is over."""
    over = outcome.settled + outcome.again
    if not over:
        return _("%(n)s so far") % {"n": words.figure(outcome.so_far)}
    values = {"n": words.figure(outcome.settled), "of": words.figure(over)}
    said = _("%(n)s of %(of)s") % values
    share = outcome.share
    said += f", {share:.0%}" if share is not None else f", {_('too few to say')}"
    if outcome.so_far:
        said += "; " + _("%(n)s so far") % {"n": words.figure(outcome.so_far)}
    return said


def publication_state(publication: Publication) -> str:
    """Where a publication is on its way to an account."""
    if publication.state == State.SENT and publication.sent_at:
        return _("sent %(at)s") % {"at": words.at(publication.sent_at)}
    if publication.state == State.REFUSED:
        return _("refused: %(words)s") % {"words": publication.words}
    return {
        State.SENDING: _("leaving now"),
        State.UNCERTAIN: _("nobody knows yet whether it is out"),
        State.WITHDRAWN: _("taken back"),
    }.get(State(publication.state), _("leaves next"))


def _hint(hint: Hint, text: str) -> str:
    spot = " ".join(text[hint.start : hint.end].split())
    spot = spot if len(spot) <= SHOWN else f"{spot[:SHOWN]}…"
    sentence = {
        "long-sentence": _("“%(spot)s”: a sentence of %(instead)s words. Make it two."),
        "hard-word": _("“%(spot)s”: simply “%(instead)s”?"),
        "passive": _("“%(spot)s”: say who does it."),
        "unexplained": _("“%(spot)s”: not everybody knows these letters."),
    }[hint.kind]
    return sentence % {"spot": spot, "instead": hint.instead}
