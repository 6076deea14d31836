"""What is wrong with a watch, in the reader's language."""

from django.utils.translation import gettext as _

from rejoinder.listening.watch import parse
from rejoinder.listening.watch.parse import ParseError


def sentence(mistake: ParseError) -> str:
    """One sentence with the column."""
    return _("Column %(column)d: %(sentence)s") % {
        "column": mistake.column,
        "sentence": _sentences().get(mistake.sentence, mistake.sentence) % mistake.values,
    }


def _sentences() -> dict[str, str]:
    return {
        parse.EMPTY: _("Write at least one word to look for."),
        parse.TOO_LONG: _("This has more than %(most)s characters; make two watches of it."),
        parse.TOO_DEEP: _("There are more than %(most)s parentheses inside each other here."),
        parse.NEEDS_TERM: _("Expected a word, a “phrase” or “(” after %(after)s."),
        parse.NEEDS_TERM_FIRST: _("Expected a word, a “phrase” or “(”, not %(found)s."),
        parse.NOT_CLOSED: _("This “(” is never closed: expected “)”."),
        parse.NOT_OPENED: _("This “)” closes nothing: expected a “(” before it."),
        parse.NO_END_QUOTE: _("This quotation never ends: expected a second quotation mark."),
        parse.NO_WORD: _("Expected letters, digits or an emoji in %(found)s."),
        parse.MINUS: _("Expected a word, a “phrase” or “(” directly after “-”."),
        parse.STAR_INSIDE: _("Expected “*” only at the end of a word."),
        parse.STAR_SHORT: _("Expected at least 2 letters before “*”."),
        parse.EDITS: _("Expected ~1 or ~2: how many letters may differ."),
        parse.EDITS_SHORT: _(
            "Expected at least %(least)s letters before %(found)s; shorter words are too alike."
        ),
        parse.EDITS_LONG: _("Expected at most %(most)s letters before “~”."),
        parse.EDITS_MANY: _("Expected one word before “~”, and %(found)s is several."),
        parse.LANGUAGE: _(
            "Expected a language of two or three letters after “lang:”, such as lang:en."
        ),
        parse.AUTHOR: _("Expected a handle after “from:”, such as from:@brand."),
        parse.DISTANCE: _("Expected a distance from 1 to %(most)s, as in NEAR/5."),
        parse.NEAR_SIDES: _(
            "Expected a word, a “phrase” or several of them with OR on both sides of NEAR."
        ),
        parse.NEAR_CHAIN: _("NEAR joins two: expected (a NEAR/5 b) AND (b NEAR/5 c)."),
        parse.UNBOUNDED: _(
            "This would catch every post: expected a word to look for beside what is taken away."
        ),
    }
