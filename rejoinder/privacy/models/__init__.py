"""What is sealed about people, the ledger of its uses, incidents, and how long what is kept."""

from rejoinder.privacy.models.consent import Consent, ConsentWords
from rejoinder.privacy.models.finding import Finding, FindingWord
from rejoinder.privacy.models.incident import (
    Incident,
    IncidentList,
    IncidentNotice,
    IncidentTold,
)
from rejoinder.privacy.models.ledger import LedgerEntry, LedgerHead, LedgerNode, LedgerSet
from rejoinder.privacy.models.notice import Notice
from rejoinder.privacy.models.objection import Objection
from rejoinder.privacy.models.retention import LegalHold, Period
from rejoinder.privacy.models.sealed import Alias, Cell, PersonKey

__all__ = [
    "Alias",
    "Cell",
    "Consent",
    "ConsentWords",
    "Finding",
    "FindingWord",
    "Incident",
    "IncidentList",
    "IncidentNotice",
    "IncidentTold",
    "LedgerEntry",
    "LedgerHead",
    "LedgerNode",
    "LedgerSet",
    "LegalHold",
    "Notice",
    "Objection",
    "Period",
    "PersonKey",
]
