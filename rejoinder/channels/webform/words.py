"""What stands around an answer in an e-mail, in the language of the form. Pure."""

_ANSWERS = {
    "en": ("Our answer to you, {0}", "You can also read this and write to us again here:"),
    "de": (
        "Unsere Antwort an Sie, {0}",
        "Das können Sie auch hier lesen und uns dort wieder schreiben:",
    ),
}


def answer(language: str, reference: str) -> tuple[str, str]:
    """The subject, and the line above the address of the page."""
    subject, below = _ANSWERS.get(language[:2].lower(), _ANSWERS["en"])
    return subject.format(reference), below
