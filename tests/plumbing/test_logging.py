"""What the log leaves out: an address that opens a page to whoever has it."""

import logging

import pytest

from rejoinder.plumbing.logging import JsonLines, TextLines

SECRET = "RbalxxS3tc8McUHIVuq2FyHm3JU2xrdi"
SIGNATURE = "H9FM_lUitbCSeaCOyfhRgA14CF6ngyoP88yqSeG5kzE"
FORMS = [TextLines("web"), JsonLines("web")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("signed", [f"{SECRET}.{SIGNATURE}", f"{SECRET}.{SIGNATURE[:-1]}"])
@pytest.mark.parametrize("words", ["Not Found: %s", "Method Not Allowed (%s): %s"])
def test_a_line_about_a_signed_address_tells_its_page_alone(
    words: str, signed: str, form: logging.Formatter
) -> None:
    path = f"/embed/{signed}"
    args = ("POST", path) if words.count("%s") == 2 else (path,)
    line = form.format(logging.LogRecord("x", logging.WARNING, "", 1, words, args, None))
    assert "/embed/…" in line
    assert SECRET not in line
    assert SIGNATURE[:-1] not in line


@pytest.mark.parametrize("form", FORMS)
def test_other_lines_stay_as_they_are(form: logging.Formatter) -> None:
    words = "Not Found: /c/3f0e9c6a-9d0b-4b58-a0a7-1c2b7f3f2a11 at 100 %"
    assert words in form.format(logging.LogRecord("x", logging.WARNING, "", 1, words, None, None))
