"""Browsers of the people of the journeys, without a browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from rejoinder.team.models import Advisor
from tests import people

Browse = Callable[[Advisor], Client]


@pytest.fixture
def browse(db: None) -> Browse:
    """A signed-in client for an advisor; forms need their token, as in a real browser."""

    def signed_in(advisor: Advisor) -> Client:
        client = Client()
        client.force_login(advisor, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def alice(browse: Browse) -> Client:
    """Alice, on duty."""
    return browse(people.alice())


@pytest.fixture
def bob(browse: Browse) -> Client:
    """Bob, in her team."""
    return browse(people.bob())


@pytest.fixture
def dan(browse: Browse) -> Client:
    """Dan, their lead."""
    return browse(people.dan())


@pytest.fixture
def olga(browse: Browse) -> Client:
    """Olga, who owns the desk."""
    return browse(people.olga())


@pytest.fixture
def ann(browse: Browse) -> Client:
    """Ann, who audits."""
    return browse(people.ann())
