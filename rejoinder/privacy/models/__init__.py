"""What is sealed about people, the ledger of its uses, and the register of incidents."""

from rejoinder.privacy.models.incident import (
    Incident,
    IncidentList,
    IncidentNotice,
    IncidentTold,
)
from rejoinder.privacy.models.ledger import LedgerEntry, LedgerHead, LedgerNode, LedgerSet
from rejoinder.privacy.models.sealed import Alias, Cell, PersonKey

__all__ = [
    "Alias",
    "Cell",
    "Incident",
    "IncidentList",
    "IncidentNotice",
    "IncidentTold",
    "LedgerEntry",
    "LedgerHead",
    "LedgerNode",
    "LedgerSet",
    "PersonKey",
]
