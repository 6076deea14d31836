"""What advisors do with conversations (`work`), how replies are spent (`plan`), and what is said to
many alike (`batch`).
"""

from rejoinder.desk.models.batch import Batch, BatchItem
from rejoinder.desk.models.plan import PlanLook, PlanSettings, TurnChange
from rejoinder.desk.models.work import Assignment, Closure, Draft, Handover, Note

__all__ = [
    "Assignment",
    "Batch",
    "BatchItem",
    "Closure",
    "Draft",
    "Handover",
    "Note",
    "PlanLook",
    "PlanSettings",
    "TurnChange",
]
