"""The people of every journey: Alice on duty, Bob in her team, Dan their lead, Olga the owner,
Ann who audits, Tess who learns, Charlie who left; and outside Tom, Tina and Granny Smith.
"""

from rejoinder.team.models import Advisor, Role


def colleague(name: str, role: Role = Role.ADVISOR, *, active: bool = True) -> Advisor:
    """A colleague of this name, made once."""
    email = f"{name.lower()}@example.com"
    found = Advisor.objects.filter(email=email).first()
    return found or Advisor.objects.create_user(email, name=name, role=role, is_active=active)


def alice() -> Advisor:
    return colleague("Alice")


def bob() -> Advisor:
    return colleague("Bob")


def dan() -> Advisor:
    return colleague("Dan", Role.LEAD)


def olga() -> Advisor:
    return colleague("Olga", Role.OWNER)


def ann() -> Advisor:
    return colleague("Ann", Role.AUDITOR)


def tess() -> Advisor:
    return colleague("Tess", Role.TRAINEE)


def charlie() -> Advisor:
    return colleague("Charlie", active=False)
