"""Real parts are looked at only when asked for: their clients may not be installed."""

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave these folders alone unless `-m real` asks for them."""
    return True if config.getoption("markexpr") == "not real" else None
