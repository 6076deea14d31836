"""The e-mail of a digest: the figures of the week. People's words stand on its page alone, which
ends, and from which what is deleted or erased is gone.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.desk.experts import areas
from rejoinder.reporting.digest import links
from rejoinder.reporting.digest.sending import span
from rejoinder.reporting.heard import read
from rejoinder.reporting.models import Digest
from rejoinder.reporting.themes import Theme
from rejoinder.web.frame import words
from rejoinder.web.reports import theme_words


def letter(digest: Digest) -> tuple[str, str]:
    """Subject and text, in the expert's language."""
    week = span(digest)
    theme = read(week, list(areas.kept()), quotes=0).areas.get(digest.area_id, Theme(None))
    with translation.override(digest.expert.language):
        subject = _("What is said about %(area)s") % {"area": digest.area.name}
        said = [f"{theme_words.days(week)}: {theme_words.how_much(theme)}"]
        if moods := theme_words.moods(theme):
            said.append(f"{moods}.")
        if theme.questions:
            said.append("\n".join([_("What they ask for"), *asked(theme)]))
        below = _(
            "What people wrote, in their own words, stands on this page. There you tell the desk "
            "what it should know, such as when something is fixed, and choose when this e-mail "
            "comes. The address is yours alone."
        )
        return subject, "\n\n".join([*said, below, links.address(digest)]) + "\n"


def asked(theme: Theme) -> list[str]:
    """Each named question with how many people asked it."""
    return [f"- {each.name} ({words.figure(each.counted.people)})" for each in theme.questions]
