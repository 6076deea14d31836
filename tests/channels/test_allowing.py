"""An owner allows the desk on the platform's own page; nobody else's answer connects anything."""

from datetime import timedelta

import pytest

from rejoinder.channels import allowing
from rejoinder.channels.allowing import Pending
from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from tests.channels.leave import NAME, THERE, Museum, museum

__all__ = ["museum"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("museum")]

BACK = "https://desk.example.com/channels/connect/museum/back"


def begun(**more: str) -> Pending:
    pending = allowing.begin(NAME, {"wing": "west"} | more, back=BACK)
    assert pending is not None
    return pending


def finished(pending: Pending, name: str = NAME, **query: str) -> Account:
    given = {"state": pending.state, "code": "made-up-code"} | query
    return allowing.finish(name, pending.sealed, given, witness=lambda account: None)


def test_there_and_back_with_what_was_filled_in() -> None:
    pending = begun()
    assert pending.url.startswith(THERE)
    assert pending.state in pending.url
    account = finished(pending)
    assert (account.handle, account.settings) == ("museum@museum.example", {"wing": "west"})
    assert account.unseal() == {"key": "", "token": "made-up-token"}


def test_what_waits_cannot_be_read_and_no_two_states_are_alike() -> None:
    one, other = begun(), begun()
    assert one.state != other.state
    assert "west" not in one.sealed
    assert "verifier" not in one.sealed


def test_who_filled_in_enough_is_not_sent_away() -> None:
    assert allowing.begin(NAME, {"wing": "west", "key": "made-up"}, back=BACK) is None


@pytest.mark.parametrize("state", ["", "another", "\ud800"])
def test_another_state_connects_nothing(state: str) -> None:
    with pytest.raises(TroubleError, match="Start anew"):
        finished(begun(), state=state)
    assert not Account.objects.exists()


def test_the_answer_to_another_question_connects_nothing() -> None:
    one, other = begun(), begun()
    with pytest.raises(TroubleError, match="Start anew"):
        finished(Pending(one.url, other.state, one.sealed))
    with pytest.raises(TroubleError, match="Start anew"):
        finished(one, name="bluesky")
    with pytest.raises(TroubleError, match="Start anew"):
        finished(Pending(one.url, one.state, "no base64"))


def test_after_a_quarter_of_an_hour_one_starts_anew() -> None:
    pending = begun()
    with (
        clock.standing(clock.now() + timedelta(minutes=16)),
        pytest.raises(TroubleError, match="Start anew"),
    ):
        finished(pending)


def test_a_no_is_said_in_the_platform_s_words() -> None:
    with pytest.raises(TroubleError, match="You said no"):
        finished(begun(), error="access_denied", error_description="You said no")
    with pytest.raises(TroubleError, match="access_denied"):
        finished(begun(), error="access_denied")
    with pytest.raises(TroubleError, match="not allowed"):
        finished(begun(), denied="token")


def test_a_page_that_is_none_is_not_gone_to() -> None:
    with pytest.raises(TroubleError):
        begun(wing="script")


def test_who_is_connected_otherwise_finishes_nothing() -> None:
    with pytest.raises(TroubleError):
        super(Museum, Museum).finish_authorization(
            None,  # type: ignore[arg-type]  # nothing of it is looked at
            None,  # type: ignore[arg-type]
            back=BACK,
            kept={},
            query={},
        )
