"""The people at the desk, their links to sign in, and the audit lines."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from rejoinder.plumbing import ids


class Role(models.TextChoices):
    """What somebody is here; `access.RIGHTS` says what each may do."""

    OWNER = "owner", "Owner"
    LEAD = "lead", "Lead"
    ADVISOR = "advisor", "Advisor"
    TRAINEE = "trainee", "Trainee"
    AUDITOR = "auditor", "Auditor"


class Organisation(models.Model):
    """The organisation this desk answers for. One row."""

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    language = models.CharField(max_length=10, default="en-gb")
    undo_seconds = models.PositiveSmallIntegerField(default=8)
    # Whether reports compare colleagues: only where those who speak for them agreed.
    compares_advisors = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(null=True)  # until then its owners are led through it


class AdvisorManager(BaseUserManager["Advisor"]):
    """Makes advisors; used by sign-in and by tests."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "Advisor":
        advisor = self.model(email=self.normalize_email(email), **values)
        advisor.set_password(password)
        advisor.save(using=self._db)
        return advisor


class Advisor(AbstractBaseUser):
    """A colleague. One who was removed keeps the row (audit lines name it) and may do nothing."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    initials = models.CharField(max_length=4, blank=True)
    alias = models.CharField(max_length=40, blank=True)
    # Their telephone at the exchange, which rings when they call somebody from the desk.
    extension = models.CharField(max_length=50, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.ADVISOR)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    language = models.CharField(max_length=10, default="en-gb")
    theme = models.CharField(max_length=5, blank=True)
    keys_on = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AdvisorManager] = AdvisorManager()

    # Set for one request when a program works for this colleague (`tokens.come_in`).
    narrowed_to: frozenset[str] | None = None
    works_by: int | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """Two letters that stand for this person in a list."""
        words = self.name.split()
        return self.initials or "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def sign(self) -> str:
        """The same as a co-sign: letters and figures alone."""
        return "".join(letter for letter in self.mark if letter.isalnum())

    @property
    def public_name(self) -> str:
        """What stands behind the sign in public: the alias, else the first name."""
        return self.alias or " ".join(self.name.split()[:1])


class SignInLink(models.Model):
    """A link that signs somebody in once. Only the hash of its secret is kept."""

    hashed = models.CharField(max_length=64, unique=True)
    makes_owner = models.BooleanField(default=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AuditLine(models.Model):
    """Who did what to what, when. Written in the transaction that did it; never changed."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True)
    action = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="audit_newest")]
