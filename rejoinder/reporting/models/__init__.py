"""What reports keep: which area a question belongs to (`mapping`), what a lead asks of the board
(`board`), what areas are told and answer (`digest`), what is asked again and again (`views`), how
long callers waited elsewhere (`lines`), and
what counts, in columns (`rollup`).
"""

from rejoinder.reporting.models.board import BoardNote
from rejoinder.reporting.models.digest import AreaWord, Digest, DigestTime
from rejoinder.reporting.models.lines import LineImport, LineWait
from rejoinder.reporting.models.mapping import QuestionArea
from rejoinder.reporting.models.rollup import Block, ChangedDay, ClosedDay, Stale
from rejoinder.reporting.models.views import SavedView, ViewLink, ViewTime

__all__ = [
    "AreaWord",
    "Block",
    "BoardNote",
    "ChangedDay",
    "ClosedDay",
    "Digest",
    "DigestTime",
    "LineImport",
    "LineWait",
    "QuestionArea",
    "SavedView",
    "Stale",
    "ViewLink",
    "ViewTime",
]
