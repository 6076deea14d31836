"""People at the desk (`people`), their hours (`rota`), how they are called (`calls`), and the
programs that work for them (`tokens`).
"""

from rejoinder.team.models.calls import Call, Delivery, Device, Hook, PushKey
from rejoinder.team.models.people import (
    Advisor,
    AdvisorManager,
    AuditLine,
    Organisation,
    Role,
    SignInLink,
)
from rejoinder.team.models.rota import DayChange, Hours, OpeningHours
from rejoinder.team.models.tokens import ApiCall, ApiToken

__all__ = [
    "Advisor",
    "AdvisorManager",
    "ApiCall",
    "ApiToken",
    "AuditLine",
    "Call",
    "DayChange",
    "Delivery",
    "Device",
    "Hook",
    "Hours",
    "OpeningHours",
    "Organisation",
    "PushKey",
    "Role",
    "SignInLink",
]
