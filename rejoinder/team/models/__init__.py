"""People at the desk (`people`), their hours (`rota`), and how they are called (`calls`)."""

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

__all__ = [
    "Advisor",
    "AdvisorManager",
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
