"""The browsers of the pages' tests."""

from tests.web.conftest import browse, dan

__all__ = ["browse", "dan"]
