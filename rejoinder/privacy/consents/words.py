"""The words in which consent is asked: those that come with the desk, or the house's own."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.consents import rules
from rejoinder.privacy.models import ConsentWords
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def current(purpose: str, language: str) -> str:
    """How a purpose is asked for now; the day stands as {until}."""
    rows = ConsentWords.objects.filter(purpose=purpose, language=language)
    row = rows.order_by("-at", "-pk").first()
    return row.text if row else usual(purpose, language)


def usual(purpose: str, language: str) -> str:
    """The words that come with the desk."""
    with translation.override(language):
        if purpose == "marketing":
            return _(
                "May we also tell you about our offers this way, until {until}? You can say no, "
                "and take a yes back at any time: write or call us."
            )
        return _(
            "May we tell you this way when a fault concerns you, until {until}? You can say no, "
            "and take a yes back at any time: write or call us."
        )


def question(purpose: str, language: str, last: date) -> str:
    """As somebody is asked."""
    with translation.override(language):
        return rules.asked(current(purpose, language), date_format(last, "j F Y"))


def write(actor: Advisor, purpose: str, language: str, text: str) -> ConsentWords:
    """Ask in these words from now on; who said yes to others said yes to those.

    Raises CannotError.
    """
    access.require(actor, access.PRIVACY)
    said = " ".join(text.split())
    if purpose not in rules.PURPOSES or language not in dict(settings.LANGUAGES):
        raise CannotError(_("Choose a purpose that is asked for, and one of the languages."))
    if not said or len(said) > rules.WORDS:
        raise CannotError(_("The question has 1 to 1,000 characters."))
    if not rules.has_day(said):
        raise CannotError(_("Write {until} once, where the day stands."))
    with transaction.atomic():
        audit.line(actor, "changed how consent is asked for", f"{purpose}, {language}")
        return ConsentWords.objects.create(
            purpose=purpose, language=language, text=said, by=actor, at=clock.now()
        )
