"""Every channel that the registry finds comes on stage."""

from collections.abc import Iterator
from importlib import import_module

import pytest

from rejoinder.channels import registry
from tests.contract.stage import FarEnd, Opens, Stage


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each channel keeps each case; of those marked `can`, whoever can do one of what is named."""
    if "far_end" in metafunc.fixturenames:
        marks = list(metafunc.definition.iter_markers("can"))
        able = [
            name
            for name, channel in registry.channels().items()
            if all(any(getattr(channel.can, it) for it in mark.args) for mark in marks)
        ]
        metafunc.parametrize("far_end", able, indirect=True, scope="session")


@pytest.fixture(scope="session")
def far_end(request: pytest.FixtureRequest) -> Iterator[FarEnd]:
    opens: Opens = import_module(f"tests.channels.{request.param}.stage")
    with opens.far_end() as running:
        yield running


@pytest.fixture
def stage(far_end: FarEnd) -> Stage:
    return far_end.stage()
