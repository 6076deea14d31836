"""What reports keep: which area a question belongs to (`mapping`)."""

from rejoinder.reporting.models.mapping import QuestionArea

__all__ = ["QuestionArea"]
