"""The link of an identity check is for one pair of eyes: no reason lets it out in public."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing.config import config

PATH = "/identity"


def require(text: str, *, public: bool) -> None:
    """Raises CannotError when a public reply holds such a link."""
    if public and f"{urlsplit(config().base_url).netloc}{PATH}/" in text:
        raise in_public()


def in_public() -> CannotError:
    """Why it did not leave."""
    return CannotError(
        _("The link of an identity check goes in a private reply only. Answer privately.")
    )
