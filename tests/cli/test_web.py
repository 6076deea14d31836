"""Behind a proxy the desk knows that the browser came by https, and believes nobody else."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import apart

pytestmark = pytest.mark.tables

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(params=["127.0.0.1", "192.0.2.1"], ids=["trusted", "not trusted"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    environment = apart.desk(tmp_path) | {
        "REJOINDER_URL": "https://desk.example.com",
        "REJOINDER_TRUSTED_PROXIES": request.param,
    }
    with apart.page_server(environment) as (address, _):
        yield address, request.param == "127.0.0.1"


def test_a_header_counts_from_a_trusted_proxy_alone(desk: tuple[str, bool]) -> None:
    address, trusted = desk
    headers = FORWARDED | {"Host": "desk.example.com"}
    page = httpx.get(f"{address}/accounts/login/", headers=headers, trust_env=False)
    # Django sends HSTS on secure requests alone: by it one sees what the desk believed.
    assert page.status_code == 200
    assert ("strict-transport-security" in page.headers) is trusted
    smuggled = {"X_Forwarded_Proto": "https", "Host": "desk.example.com"}
    page = httpx.get(f"{address}/accounts/login/", headers=smuggled, trust_env=False)
    assert "strict-transport-security" not in page.headers
