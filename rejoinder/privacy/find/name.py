"""Names of private people, where the words around them say that somebody is meant."""

from collections.abc import Iterator, Sequence

import re2

from rejoinder.privacy.find.first_names import FIRST_NAMES
from rejoinder.privacy.find.kinds import NAME, Span
from rejoinder.privacy.find.listed import listed

_ONE = r"[A-Z][A-Za-z]*(?:['-][A-Z]?[A-Za-z]+)?"
_LAST = rf"(?:(?:de|da|van|von|der|den|la|le|bin|al|O')\s)?{_ONE}"
_FULL = rf"{_ONE}(?:\s(?:[A-Z]\.?\s)?{_LAST}){{0,2}}"
_TWO = rf"{_ONE}\s(?:[A-Z]\.?\s)?{_LAST}"
_KIN = (
    "mum|mom|mother|dad|father|husband|wife|hubby|partner|son|daughter|brother|sister|nan|nana|"
    "gran|granny|grandma|grandmother|grandad|grandpa|grandfather|neighbour|neighbor|boyfriend|"
    "girlfriend|fiance|fiancee|friend|mate|uncle|aunt|auntie|cousin|nephew|niece|boss|colleague|"
    "flatmate|housemate|carer|landlord|tenant|mother-in-law|father-in-law"
)
_INTRODUCED = (
    r"\b(?i:my\s(?:full\s|real\s)?names?(?:'s|\sis|:)?|name(?:'s|\sis|\s?:|\s-))\s{1,4}"
    rf"(?P<name>{_FULL})"
)
_SMALL = (
    r"\b(?i:my\s(?:full\s)?name(?:'s|\sis))\s"
    r"(?P<name>[a-z]+(?:\s[a-z]+)?)(?:\s*(?:$|\x1e)|[.,;!?\n]|\sand\s)"
)
_SELF = rf"\b(?i:i'm|i\sam|this\sis|it's|i'm\scalled)\s(?P<name>{_FULL})"
_CALLED = rf"\b(?i:calls?\sme)\s(?P<name>{_FULL})"
_LIVES = rf"\b(?P<name>{_TWO})\slives\sat\s"
_TITLED = rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|MISS|DR|mrs|mr)\b\.?\s(?P<name>{_FULL})"
_RELATED = (
    rf"\b(?i:(?:my|our|his|her|their)\s(?:late\s|elderly\s|little\s|old\s)?(?:{_KIN}))"
    rf"(?i:'s\sname(?:\sis|:)?|,?\scalled|,?\snamed|\sis\scalled|,)?\s(?P<name>{_FULL})"
)
_HELD = (
    r"\b(?i:(?:account|card|policy|bill)?\s?holder(?:'s\sname)?(?:\sis|:)?|in\sthe\snames?\sof|"
    r"under\sthe\sname(?:\sof)?|registered\sto|addressed\sto|belongs\sto|speak\sto|ask\sfor|"
    rf"regards,?|sincerely,?)\s(?P<name>{_TWO})"
)

_NO_NAMES = listed(
    """
    a about absolutely after all already also always am an and annoyed another any apple are as
    asda at amazon android april argos august back bad bbc because been being black bluesky
    boxing british bt but by can cancelling christmas correct could customer customers data day
    dec december did disgusted do done down e easter ee english european even ever every
    facebook fed february fibre finally for friday from fuming furious galaxy getting giffgaff
    going good google got great ha had half happy has have having he hello help her here hi him
    his home hoping how i if im in instagram iphone ireland irish is it its january joining july
    june just keeping last leaving let like line live london lol looking love loving lte made
    manager march may me media mobile monday more much my need network never new no not november
    nov now o2 oct october of off on once only oh or our out over paying phone please pm prime
    really samsung saturday saying scottish sept september service seriously she should sick sim
    since sky so some sorry spell spelled spelt still stuck sunday support talktalk team tesco
    text thank thanks that the their them then there they this three thursday to today tomorrow
    too trying tuesday twitter uk unable under up upset us using van very virgin vodafone voxi
    waiting was we wednesday welsh were what when where which who why wifi will with wondering
    working would wrong x xmas year years yes you your missing changed known mud
    """
)
_NO_TITLED = listed(
    """
    bean who pepper martens kipling muscle robot potato president speaker prime trump johnson
    branson beast benn musk sunak starmer brown's blobby men t b darcy grey strange evil dre no
    finance big spotify ceo world universe england america understood
    """
)


def names(post: str) -> Iterator[Span]:
    """Names that words introduce; the words themselves, and titles, stay."""
    for pattern, fits in _PATTERNS:
        for found in pattern.finditer(post.encode("ascii")):  # quicker than characters
            start, end = found.span(1)
            said = _kept(post[start:end])
            if said and fits(said, post[start + len(" ".join(said)) :][:1]):
                yield Span(start, start + len(" ".join(said)), NAME)


def _kept(said: str) -> list[str]:
    """The words of a name up to the first that cannot be in one, without a last 's."""
    words = said.split(" ")
    for place, word in enumerate(words):
        if word.lower().strip("'.") in _NO_NAMES or len(word.split()) != 1:
            words = words[:place]
            break
    return [*words[:-1], words[-1].removesuffix("'s")] if words else []


def _any(said: Sequence[str], after: str) -> bool:
    return True


def _two(said: Sequence[str], after: str) -> bool:
    return len(said) > 1 and _no_shouting(said, after)


def _no_shouting(said: Sequence[str], after: str) -> bool:
    return not any(word.isupper() and len(word) > 1 for word in said)


def _nobody_known(said: Sequence[str], after: str) -> bool:
    return said[0].lower() not in _NO_TITLED


def _somebody(said: Sequence[str], after: str) -> bool:
    """A first name that is common, or two words and then a stop: I'm Premium User an…"""
    common = said[0].lower() in FIRST_NAMES and _no_shouting(said, after)
    return common or (_two(said, after) and after in _STOPS)


_STOPS = ("", ",", ".", "!", ";", "\n")
_ALL = (
    (_INTRODUCED, _any),
    (_SMALL, _any),
    (_SELF, _somebody),
    (_CALLED, _somebody),
    (_LIVES, _two),
    (_TITLED, _nobody_known),
    (_RELATED, _no_shouting),
    (_HELD, _two),
)
PATTERN = "|".join(pattern for pattern, _ in _ALL).replace("(?P<name>", "(?:")
_PATTERNS = tuple((re2.compile(pattern), fits) for pattern, fits in _ALL)
