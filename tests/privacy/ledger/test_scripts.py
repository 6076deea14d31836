"""Whatever happens in a morning, “who exactly” is the truth, and the ledger is whole."""

from pathlib import Path

import pytest

from rejoinder.plumbing import config
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.vault import erasing
from tests.privacy.script import Script

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = config.config().model_copy(update={"keys": tmp_path / "keys"})
    monkeypatch.setattr(erasing, "config", lambda: changed)


@pytest.mark.parametrize("seed", range(8))
def test_who_exactly_is_the_truth(seed: int) -> None:
    script = Script(seed)
    script.run(40)
    assert script.released
    assert script.differs(20) == []
    assert Replay().problems == []
