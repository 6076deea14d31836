"""What reports keep: which area a question belongs to (`mapping`), and what a lead asks of the
board (`board`).
"""

from rejoinder.reporting.models.board import BoardNote
from rejoinder.reporting.models.mapping import QuestionArea

__all__ = ["BoardNote", "QuestionArea"]
