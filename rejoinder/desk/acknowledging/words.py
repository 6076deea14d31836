"""What an acknowledgement says, by language. Pure."""

from collections.abc import Mapping

BACK = "{back}"
LONGEST = 1000  # letters; a message on a phone
USUAL: Mapping[str, str] = {
    "en": "Thank you for writing to us. This is an automatic word: your message is here, and a "
    "person will read it. Nobody is at the desk now; we are back {back}. If somebody is in danger, "
    "call the emergency services: nobody reads this before then.",
    "de": "Danke, dass Sie uns schreiben. Dies ist eine automatische Nachricht: Ihre Nachricht ist "
    "da, und ein Mensch wird sie lesen. Im Moment ist niemand am Platz; wir sind {back} wieder da. "
    "Wenn jemand in Gefahr ist, rufen Sie den Notruf: Vorher liest hier niemand.",
}


def spoken(language: str, texts: Mapping[str, str], house: str) -> str:
    """Which of the texts is for who speaks a language: theirs, else that of the house, else any."""
    for each in (language, house):
        if texts.get(short(each)):
            return short(each)
    return next((each for each, text in texts.items() if text), "")


def said(text: str, back: str) -> str:
    """The text with the time in it."""
    return text.replace(BACK, back)


def short(language: str) -> str:
    """A language without its country: de-AT is de."""
    return language.replace("_", "-").partition("-")[0].casefold()
