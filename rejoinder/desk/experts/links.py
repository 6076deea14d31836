"""The address of an expert's page: signed, so that nobody finds another's by trying."""

from uuid import UUID

from django.core import signing

from rejoinder.desk.experts import rules
from rejoinder.desk.models import ReferralLink
from rejoinder.plumbing.config import config

PATH = "/expert"
_SIGNER = "expert"


def address(link: ReferralLink) -> str:
    """Where the expert reads and answers."""
    return f"{config().base_url}{PATH}/{token(link)}"


def token(link: ReferralLink) -> str:
    """The row's public number with our signature; nothing secret is kept in the table."""
    return _signer().sign(link.public_id.hex)


def found(given: str) -> ReferralLink | None:
    """The link that we signed."""
    try:
        number = UUID(_signer().unsign(given))
    except (signing.BadSignature, ValueError):
        return None
    rows = ReferralLink.objects.select_related(
        "expert", "referral__area", "referral__asker", "referral__conversation"
    )
    return rows.filter(public_id=number).first()


def known(link: ReferralLink) -> rules.Link:
    """As the rules take it."""
    asked = link.referral
    return rules.Link(
        ends_at=link.ends_at,
        ended_at=link.ended_at,
        question_ended_at=asked.ended_at,
        answered=asked.answered_by_id is not None,
    )


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER, sep=".")
