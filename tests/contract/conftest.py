"""Every channel that the registry finds comes on stage."""

from collections.abc import Iterator
from importlib import import_module

import pytest

from rejoinder.channels import registry
from tests.contract.stage import FarEnd, Opens, Stage


@pytest.fixture(scope="session", params=list(registry.channels()))
def far_end(request: pytest.FixtureRequest) -> Iterator[FarEnd]:
    opens: Opens = import_module(f"tests.channels.{request.param}.stage")
    with opens.far_end() as running:
        yield running


@pytest.fixture
def stage(far_end: FarEnd) -> Stage:
    return far_end.stage()
