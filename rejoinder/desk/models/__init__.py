"""What advisors do with conversations (`work`), how replies are spent (`plan`), what is said to
many alike (`batch`), and what the organisation says of itself (`ours`).
"""

from rejoinder.desk.models.batch import Batch, BatchItem
from rejoinder.desk.models.callback import Callback
from rejoinder.desk.models.ours import OwnContact
from rejoinder.desk.models.plan import PlanLook, PlanSettings, PlanWay, TurnChange
from rejoinder.desk.models.saved import SavedReply
from rejoinder.desk.models.work import Assignment, Closure, Draft, Handover, Note

__all__ = [
    "Assignment",
    "Batch",
    "BatchItem",
    "Callback",
    "Closure",
    "Draft",
    "Handover",
    "Note",
    "OwnContact",
    "PlanLook",
    "PlanSettings",
    "PlanWay",
    "SavedReply",
    "TurnChange",
]
