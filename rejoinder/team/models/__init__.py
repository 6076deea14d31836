"""People at the desk (`people`), their hours (`rota`), and how they are called (`calls`)."""

from rejoinder.team.models.calls import Call, Delivery, Hook
from rejoinder.team.models.people import (
    Advisor,
    AdvisorManager,
    AuditLine,
    Organisation,
    Role,
    SignInLink,
)
from rejoinder.team.models.rota import DayChange, Hours

__all__ = [
    "Advisor",
    "AdvisorManager",
    "AuditLine",
    "Call",
    "DayChange",
    "Delivery",
    "Hook",
    "Hours",
    "Organisation",
    "Role",
    "SignInLink",
]
