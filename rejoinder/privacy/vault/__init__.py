"""The vault: personal data sealed for each person; `open` is the only way to what it says."""

from rejoinder.privacy.vault.keeping import Place, Value, forget, retag, seal
from rejoinder.privacy.vault.keys import Person, find, subjects
from rejoinder.privacy.vault.opening import (  # the word for it, here and in the ledger
    NothingSealedError,
    NotOpenedError,
    open,  # noqa: A004
    open_many,
)

__all__ = [
    "NotOpenedError",
    "NothingSealedError",
    "Person",
    "Place",
    "Value",
    "find",
    "forget",
    "open",
    "open_many",
    "retag",
    "seal",
    "subjects",
]
