"""What is sealed about people, and the ledger of its uses."""

from rejoinder.privacy.models.ledger import LedgerEntry, LedgerHead, LedgerNode, LedgerSet
from rejoinder.privacy.models.sealed import Alias, Cell, PersonKey

__all__ = [
    "Alias",
    "Cell",
    "LedgerEntry",
    "LedgerHead",
    "LedgerNode",
    "LedgerSet",
    "PersonKey",
]
