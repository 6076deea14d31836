"""What reports keep: which area a question belongs to (`mapping`), what a lead asks of the board
(`board`), and what areas are told and answer (`digest`).
"""

from rejoinder.reporting.models.board import BoardNote
from rejoinder.reporting.models.digest import AreaWord, Digest, DigestTime
from rejoinder.reporting.models.mapping import QuestionArea

__all__ = ["AreaWord", "BoardNote", "Digest", "DigestTime", "QuestionArea"]
