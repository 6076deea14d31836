"""The public notice for people who are read about without being asked (UK GDPR, article 14)."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.models import Notice
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 20_000  # characters


def own(language: str) -> str:
    """The organisation's own words in a language; empty where it wrote none."""
    row = Notice.objects.filter(language=language).first()
    return row.text if row else ""


def write(actor: Advisor, language: str, text: str) -> None:
    """Say it in these words from now on; empty brings the desk's words back. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    if language not in dict(settings.LANGUAGES):
        raise CannotError(_("Choose one of the languages."))
    if len(text) > LONGEST:
        raise CannotError(_("The notice has 20,000 characters at most."))
    said = text.strip()
    with transaction.atomic():
        if said:
            values = {"text": said, "changed_at": clock.now(), "changed_by": actor}
            Notice.objects.update_or_create(language=language, defaults=values)
        else:
            Notice.objects.filter(language=language).delete()
        audit.line(actor, "changed the public privacy notice", language)
