"""Privacy says what no backup and no log holds, and what it keeps of people who report a fault."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """Registers the keys of people, which are copied apart, and what finders told."""

    name = "rejoinder.privacy"

    def ready(self) -> None:
        from rejoinder.plumbing import backup, logging
        from rejoinder.privacy import find, holdings
        from rejoinder.privacy.findings.holding import Reported
        from rejoinder.privacy.findings.quiet import channels, quiet
        from rejoinder.privacy.retention import resting

        logging.hide(find.masked)
        backup.leave_out("privacy_personkey")
        holdings.register(Reported())
        resting.hears(quiet, channels)
