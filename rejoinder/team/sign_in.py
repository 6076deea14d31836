"""Links that let somebody in once: the first owner, a colleague invited, or one who is locked out.

The secret is shown once and only its hash is kept. Opening the page of a link uses nothing up;
pressing its button does, so that a preview in a mail program cannot spend it.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import audit
from rejoinder.team.models import Advisor, Organisation, Role, SignInLink

LASTS = timedelta(hours=24)


class LinkUsedUpError(Exception):
    """The link was used, has ended, or never was. The message says how to get another."""

    def __init__(self) -> None:
        super().__init__(
            "This link has been used or has ended. Ask an owner of the desk for a new one, "
            "or run 'rejoinder sign-in-link' on the machine of the desk."
        )


def owner_link() -> str:
    """A link whose holder becomes the first owner; earlier unused ones end."""
    SignInLink.objects.filter(makes_owner=True, used_at=None).delete()
    return f"{config().base_url}/welcome/{_make(makes_owner=True)}"


def colleague_link(advisor: Advisor) -> str:
    """A link that signs this colleague in once; earlier unused ones end."""
    SignInLink.objects.filter(advisor=advisor, used_at=None).delete()
    return f"{config().base_url}/sign-in/{_make(advisor=advisor)}"


def has_owner() -> bool:
    """Whether anybody owns this desk yet."""
    return Advisor.objects.filter(role=Role.OWNER, is_active=True).exists()


def look(secret: str) -> SignInLink | None:
    """The link, if it can still be used; uses nothing up."""
    return SignInLink.objects.filter(
        hashed=_hash(secret), used_at=None, ends_at__gt=clock.now()
    ).first()


def use(secret: str) -> Advisor:
    """Sign a colleague in by link. Raises LinkUsedUpError."""
    with transaction.atomic():
        advisor = _use_up(secret, makes_owner=False).advisor
        if advisor is None or not advisor.is_active:
            raise LinkUsedUpError
        audit.line(advisor, "signed in by link", advisor)
    return advisor


def welcome(secret: str, *, organisation: str, name: str, email: str, time_zone: str) -> Advisor:
    """Make the first owner and the organisation. Raises LinkUsedUpError; nothing changes then."""
    with transaction.atomic():
        _use_up(secret, makes_owner=True)
        if has_owner():
            raise LinkUsedUpError
        Organisation.objects.update_or_create(
            pk=1, defaults={"name": organisation, "time_zone": time_zone}
        )
        owner = Advisor.objects.create_user(email, name=name, role=Role.OWNER, time_zone=time_zone)
        audit.line(owner, "opened the desk", organisation)
    return owner


def _make(*, makes_owner: bool = False, advisor: Advisor | None = None) -> str:
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        hashed=_hash(secret),
        makes_owner=makes_owner,
        advisor=advisor,
        made_at=clock.now(),
        ends_at=clock.now() + LASTS,
    )
    return secret


def _use_up(secret: str, *, makes_owner: bool) -> SignInLink:
    used = SignInLink.objects.filter(
        hashed=_hash(secret), used_at=None, ends_at__gt=clock.now(), makes_owner=makes_owner
    ).update(used_at=clock.now())
    if not used:
        raise LinkUsedUpError
    return SignInLink.objects.select_related("advisor").get(hashed=_hash(secret))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
