"""What advisors do with conversations (`work`, `asleep`, `tags`), how replies are spent (`plan`),
what is said to many alike (`batch`), what experts are asked (`experts`, `promise`), whose an
account is (`identity`), what the organisation says of itself and how it wants to sound (`ours`,
`guidelines`), what the desk says by itself (`acknowledging`), what one shift tells the next
(`shift`), what trainees write (`coaching`), whom one may quote (`quotes`), who passes for us
(`impostor`), waves of spam (`piles`), what was asked of another system (`tickets`), and which
machine may draft (`machine`).
"""

from rejoinder.desk.models.acknowledging import Acknowledging
from rejoinder.desk.models.asleep import Snooze
from rejoinder.desk.models.batch import Batch, BatchItem
from rejoinder.desk.models.callback import Callback
from rejoinder.desk.models.coaching import DraftReview
from rejoinder.desk.models.columns import Column, ColumnSet
from rejoinder.desk.models.dialled import Dialled
from rejoinder.desk.models.experts import (
    BusinessArea,
    Expert,
    Referral,
    ReferralLink,
    ReferralWord,
)
from rejoinder.desk.models.guidelines import Guideline, GuidelineComment, GuidelineVersion
from rejoinder.desk.models.identity import IdentityCheck, IdentitySystem
from rejoinder.desk.models.impostor import Impostor
from rejoinder.desk.models.machine import DraftingMachine
from rejoinder.desk.models.ours import OwnContact
from rejoinder.desk.models.panel import CustomerSystem
from rejoinder.desk.models.piles import Pile, Piled
from rejoinder.desk.models.plan import PlanLook, PlanSettings, PlanWay, TurnChange
from rejoinder.desk.models.presence import Presence
from rejoinder.desk.models.promise import Promise
from rejoinder.desk.models.quotes import Quote
from rejoinder.desk.models.rights import RightsAccount, RightsRequest
from rejoinder.desk.models.saved import SavedReply
from rejoinder.desk.models.shift import ShiftNote
from rejoinder.desk.models.tags import NoteCall, Tag, Tagged
from rejoinder.desk.models.tickets import Ticket, TicketSystem
from rejoinder.desk.models.work import Assignment, CloseReason, Closure, Draft, Handover, Note

__all__ = [
    "Acknowledging",
    "Assignment",
    "Batch",
    "BatchItem",
    "BusinessArea",
    "Callback",
    "CloseReason",
    "Closure",
    "Column",
    "ColumnSet",
    "CustomerSystem",
    "Dialled",
    "Draft",
    "DraftReview",
    "DraftingMachine",
    "Expert",
    "Guideline",
    "GuidelineComment",
    "GuidelineVersion",
    "Handover",
    "IdentityCheck",
    "IdentitySystem",
    "Impostor",
    "Note",
    "NoteCall",
    "OwnContact",
    "Pile",
    "Piled",
    "PlanLook",
    "PlanSettings",
    "PlanWay",
    "Presence",
    "Promise",
    "Quote",
    "Referral",
    "ReferralLink",
    "ReferralWord",
    "RightsAccount",
    "RightsRequest",
    "SavedReply",
    "ShiftNote",
    "Snooze",
    "Tag",
    "Tagged",
    "Ticket",
    "TicketSystem",
    "TurnChange",
]
