"""Who may do what: the table of rights, and nobody who was removed."""

import pytest
from django.contrib.auth.models import AnonymousUser

from rejoinder.team import access
from rejoinder.team.models import Advisor
from tests.people import alice, ann, charlie, dan, olga

pytestmark = pytest.mark.django_db

EVERYTHING = {
    access.ANSWER,
    access.READ,
    access.STEER,
    access.CONNECT,
    access.PEOPLE,
    access.AUDIT,
}


def _rights(actor: access.Actor) -> set[str]:
    return {right for right in EVERYTHING if access.may(actor, right)}


def test_each_role_has_its_rights() -> None:
    assert _rights(olga()) == EVERYTHING
    assert _rights(dan()) == {access.ANSWER, access.READ, access.STEER, access.AUDIT}
    assert _rights(alice()) == {access.ANSWER, access.READ}
    assert _rights(ann()) == {access.AUDIT}


def test_nobody_else_has_any() -> None:
    assert _rights(charlie()) == set()
    assert _rights(AnonymousUser()) == set()


def test_rows_are_all_or_none() -> None:
    alice()
    rows = Advisor.objects.all()
    assert access.visible(alice(), rows).exists()
    assert not access.visible(ann(), rows).exists()
    assert not access.visible(charlie(), rows).exists()
