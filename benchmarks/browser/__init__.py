"""What needs a browser: left out, saying so, where `make setup-real` was not run."""

from importlib.util import find_spec
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")


def given() -> bool:
    """Whether there is a browser, and what drives it."""
    return CHROMIUM.exists() and find_spec("playwright") is not None
