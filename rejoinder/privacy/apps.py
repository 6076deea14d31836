"""Privacy says what no backup holds, and what it keeps of people who report something."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """Registers the keys of people, which are copied apart, and what finders told."""

    name = "rejoinder.privacy"

    def ready(self) -> None:
        from rejoinder.plumbing import backup
        from rejoinder.privacy import holdings
        from rejoinder.privacy.findings.holding import Reported

        backup.leave_out("privacy_personkey")
        holdings.register(Reported())
