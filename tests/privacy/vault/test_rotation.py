"""A new master key while the desk runs: all opens before, while and after."""

import pytest

from rejoinder.plumbing import config, secrets
from rejoinder.privacy import vault
from rejoinder.privacy.vault import cipher, keys, rotation
from tests import people
from tests.privacy.stage import GRANNY, NUMBERS, TINA, TOM, WHY, keep

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "a" * 64, "b" * 64


def ring(monkeypatch: pytest.MonkeyPatch, *held: str) -> None:
    changed = config.config().model_copy(update={"master_key": " ".join(held)})
    monkeypatch.setattr(config, "config", lambda: changed)


def opened(subject: str) -> str:
    return vault.open(subject, "phone", "callback", people.alice(), WHY)


def test_all_opens_before_while_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    ring(monkeypatch, OLD)
    tom, credentials = keep(TOM), secrets.seal({"token": "made-up"}, "account 1")
    author = secrets.blind("tom@example.com", "author")
    ring(monkeypatch, NEW, OLD)
    tina = keep(TINA)
    assert (opened(tom), opened(tina)) == (NUMBERS[TOM], NUMBERS[TINA])
    assert secrets.unseal(credentials, "account 1") == {"token": "made-up"}
    assert secrets.blind("tom@example.com", "author") == author
    assert rotation.left() == 2  # Tom's, and that of the blinded names
    assert rotation.turn() == 2
    assert (rotation.turn(), rotation.left()) == (0, 0)
    ring(monkeypatch, NEW)
    assert (opened(tom), keep(TOM), keep(GRANNY) != tom) == (NUMBERS[TOM], tom, True)


def test_without_the_old_key_what_it_sealed_stays_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    ring(monkeypatch, OLD)
    tom = keep(TOM)
    ring(monkeypatch, NEW)
    with pytest.raises(cipher.CannotOpenError, match="master key is another one"):
        opened(tom)


def test_people_and_credentials_have_different_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    ring(monkeypatch, OLD)
    assert keys.masters() != [bytes.fromhex(OLD)]


def test_a_key_that_is_none_stops_the_start() -> None:
    with pytest.raises(config.BadSettingError, match="REJOINDER_MASTER_KEY"):
        config.read({"REJOINDER_MASTER_KEY": f"{OLD} short"})
