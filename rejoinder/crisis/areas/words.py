"""The words of a text as places are looked for in them. Pure."""

import re
import unicodedata

# Names of accounts and addresses of pages are not what somebody says of a place.
_ASIDE = re.compile(r"(?:https?://|www\.)\S+|@\w+|[\w.+-]+@[\w.-]+")
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")


def spelt(text: str) -> list[str]:
    """Words as they were spelt, without names of accounts and addresses."""
    return _WORD.findall(_ASIDE.sub(" | ", text).replace("|", " "))


def folded(word: str) -> str:
    """One word as it is compared: small letters, no accents, no genitive."""
    plain = word.casefold().removesuffix("'s").removesuffix("’s")
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words(text: str) -> tuple[str, ...]:
    """All of them."""
    return tuple(folded(word) for word in spelt(text))
