"""The address of a digest's page: signed, so that nobody finds another's by trying."""

from uuid import UUID

from django.core import signing

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.models import Digest

PATH = "/digest"
_SALT = "digest"


def address(digest: Digest) -> str:
    """Where the expert reads and answers."""
    return f"{config().base_url}{PATH}/{token(digest)}"


def token(digest: Digest) -> str:
    """The row's public number with our signature; nothing secret is kept in the table."""
    return _signer().sign(digest.public_id.hex)


def found(given: str) -> Digest | None:
    """The digest of a token that we signed."""
    try:
        number = UUID(_signer().unsign(given))
    except (signing.BadSignature, ValueError):
        return None
    return Digest.objects.select_related("area", "expert").filter(public_id=number).first()


def is_open(digest: Digest) -> bool:
    """Whether it may still be read and answered: in its time, by an expert who is still asked."""
    there = digest.expert.ended_at is None and digest.area.ended_at is None
    return there and clock.now() < digest.ends_at


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
