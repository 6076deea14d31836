"""A real ClamAV looks at what people bring, by its socket and by its port."""

import io
import random
from collections.abc import Iterator

import pytest
from PIL import Image

from rejoinder.plumbing import scanner
from tests import scanning
from tests.real.clamav.server import LARGEST, NAME, Running, clamd

pytestmark = pytest.mark.real


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(written, "PNG")
    return written.getvalue()


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with clamd(known=picture()) as started:
        yield started


@pytest.fixture(params=["socket", "port"])
def asked(request: pytest.FixtureRequest, running: Running) -> Iterator[None]:
    with scanning.at(getattr(running, request.param)):
        yield


@pytest.mark.usefixtures("asked")
def test_it_finds_what_it_knows_and_nothing_else() -> None:
    scanner.scan(picture() + b"x")
    scanner.scan(b"")
    scanner.scan(random.Random(1).randbytes(1_500_000))
    with pytest.raises(scanner.InfectedError, match=f"^{NAME}.UNOFFICIAL$"):
        scanner.scan(picture())


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("size", [LARGEST << 20, 50_000_000])
def test_what_is_too_large_for_it_is_stopped(size: int) -> None:
    with pytest.raises(scanner.NotScannedError):
        scanner.scan(b"x" * (size + 1))
    scanner.scan(b"and it goes on")


@pytest.mark.usefixtures("asked")
def test_it_says_which_it_is() -> None:
    assert scanner.version().startswith("ClamAV ")
