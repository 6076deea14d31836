"""What the log leaves out: an address that opens a page to whoever has it."""

import logging

import pytest

from rejoinder.plumbing.logging import WithoutKeys

SECRET = "RbalxxS3tc8McUHIVuq2FyHm3JU2xrdi"
SIGNATURE = "H9FM_lUitbCSeaCOyfhRgA14CF6ngyoP88yqSeG5kzE"


@pytest.mark.parametrize("signed", [f"{SECRET}.{SIGNATURE}", f"{SECRET}.{SIGNATURE[:-1]}"])
@pytest.mark.parametrize("words", ["Not Found: %s", "Method Not Allowed (%s): %s"])
def test_a_line_about_a_signed_address_tells_its_page_alone(words: str, signed: str) -> None:
    path = f"/embed/{signed}"
    args = ("POST", path) if words.count("%s") == 2 else (path,)
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, words, args, None)
    assert WithoutKeys().filter(record)
    assert "/embed/…" in record.getMessage()
    assert SECRET not in record.getMessage()
    assert SIGNATURE[:-1] not in record.getMessage()


def test_other_lines_stay_as_they_are() -> None:
    words = "Not Found: /c/3f0e9c6a-9d0b-4b58-a0a7-1c2b7f3f2a11 at 100 %"
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, words, None, None)
    assert WithoutKeys().filter(record)
    assert record.getMessage() == words
