"""Tone hints in words: one sentence and at most one action each. None of them stops a reply."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.desk import speaking
from rejoinder.desk.tone import Hint, Kind, better
from rejoinder.listening.models import Conversation


@dataclass(frozen=True, slots=True)
class Shown:
    """`becomes` is the text with what is suggested; `action` names it. Empty: nothing to press."""

    kind: str
    sentence: str
    action: str = ""
    becomes: str = ""


def shown(talk: Conversation, text: str) -> list[Shown]:
    """What stands under a draft."""
    sentences = _sentences()
    return [
        Shown(
            str(hint.kind),
            sentences[hint.kind] % {"words": hint.words, "title": hint.title},
            _action(hint),
            better(text, hint) if hint.instead is not None else "",
        )
        for hint in speaking.hints(talk, text)
    ]


def taken(talk: Conversation, text: str, kind: str) -> str:
    """The text with what the hint of this kind suggests."""
    for hint in speaking.hints(talk, text):
        if hint.kind == kind:
            return better(text, hint)
    return text


def _action(hint: Hint) -> str:
    if hint.instead is None:
        return ""
    return _("Say “%(words)s”") % {"words": hint.instead} if hint.instead else _("Leave it out")


def _sentences() -> dict[Kind, str]:
    return {
        Kind.ABUSE_BACK: _("“%(words)s” answers in kind. Stay with what can be put right."),
        Kind.GLIB: _("“%(words)s” can sound glib to somebody who is in trouble."),
        Kind.BLAME: _("“%(words)s” puts the blame on the person."),
        Kind.APOLOGY: _("“%(words)s” says that we failed. Say sorry too."),
        Kind.PROMISE: _("“%(words)s”: by when?"),
        Kind.AGAIN: _("We have said nearly the same to them before."),
        Kind.OFFER: _("“%(words)s” is an offer, and a crisis is open."),
        Kind.CAUSE: _("“%(words)s”: nothing on cause, blame or compensation in this crisis."),
        Kind.LINK: _("“%(words)s” advertises, and this person has trouble."),
        Kind.JARGON: _("“%(words)s” is a word of the trade."),
        Kind.OWN: _("“%(words)s”: our guideline says “%(title)s”."),
        Kind.HARD: _("This is hard to read: long words in long sentences."),
    }
