"""One link lets one person in once; only the first owner's link makes an owner."""

from datetime import datetime, timedelta

import pytest

from rejoinder.plumbing import clock
from rejoinder.team import actions, sign_in
from rejoinder.team.models import Advisor, AuditLine, Organisation, SignInLink
from tests.people import alice, bob, dan, olga

pytestmark = pytest.mark.django_db


def _secret(link: str) -> str:
    return link.rsplit("/", 1)[1]


def _welcome(secret: str) -> Advisor:
    return sign_in.welcome(
        secret,
        organisation="Northwind Mobile",
        name="Olga",
        email="olga@example.com",
        time_zone="Europe/London",
    )


def test_the_first_link_makes_the_owner_once(monday: datetime) -> None:
    secret = _secret(sign_in.owner_link())
    assert _welcome(secret).role == "owner"
    assert Organisation.objects.get().name == "Northwind Mobile"
    with pytest.raises(sign_in.LinkUsedUpError):
        _welcome(secret)


def test_a_second_owner_link_makes_no_second_owner(monday: datetime) -> None:
    _welcome(_secret(sign_in.owner_link()))
    with pytest.raises(sign_in.LinkUsedUpError):
        _welcome(_secret(sign_in.owner_link()))
    assert Advisor.objects.count() == 1


def test_a_newer_link_ends_the_older(monday: datetime) -> None:
    older, newer = (_secret(sign_in.owner_link()) for _ in range(2))
    assert sign_in.look(older) is None
    assert sign_in.look(newer)


def test_looking_uses_nothing_up(monday: datetime) -> None:
    secret = _secret(sign_in.colleague_link(alice()))
    assert sign_in.look(secret)
    assert sign_in.look(secret)
    assert sign_in.use(secret) == alice()
    with pytest.raises(sign_in.LinkUsedUpError):
        sign_in.use(secret)


def test_a_link_ends_after_a_day(monday: datetime) -> None:
    secret = _secret(sign_in.colleague_link(alice()))
    clock.turn(timedelta(hours=25))
    with pytest.raises(sign_in.LinkUsedUpError):
        sign_in.use(secret)


def test_a_colleagues_link_makes_no_owner(monday: datetime) -> None:
    with pytest.raises(sign_in.LinkUsedUpError):
        _welcome(_secret(sign_in.colleague_link(alice())))


def test_the_secret_is_not_kept(monday: datetime) -> None:
    secret = _secret(sign_in.colleague_link(alice()))
    assert not SignInLink.objects.filter(hashed__contains=secret).exists()


def test_inviting_needs_the_right(monday: datetime) -> None:
    invited, link = actions.invite(olga(), name="Bea", email="bea@example.com", role="advisor")
    assert sign_in.use(_secret(link)) == invited
    for actor in (alice(), dan()):
        with pytest.raises(Exception, match="right to people"):
            actions.invite(actor, name="Eve", email="eve@example.com", role="owner")


def test_the_same_address_is_invited_once(monday: datetime) -> None:
    bob()
    with pytest.raises(actions.CannotChangeTeamError, match="in the team already"):
        actions.invite(olga(), name="Bob", email="bob@example.com", role="advisor")


def test_removing_ends_links_and_access_and_keeps_the_record(monday: datetime) -> None:
    secret = _secret(sign_in.colleague_link(bob()))
    actions.remove(olga(), bob())
    with pytest.raises(sign_in.LinkUsedUpError):
        sign_in.use(secret)
    assert not bob().is_active
    assert AuditLine.objects.filter(action="removed", what="Bob", actor=olga()).exists()


def test_the_only_owner_stays(monday: datetime) -> None:
    with pytest.raises(actions.CannotChangeTeamError, match="only owner"):
        actions.remove(olga(), olga())
    with pytest.raises(actions.CannotChangeTeamError, match="only owner"):
        actions.change_role(olga(), olga(), "advisor")


def test_somebody_removed_can_be_brought_back(monday: datetime) -> None:
    actions.remove(olga(), bob())
    assert sign_in.use(_secret(actions.bring_back(olga(), bob()))) == bob()
