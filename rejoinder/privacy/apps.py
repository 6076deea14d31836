"""Privacy says what no backup and no log holds, what people agreed to, what finders reported."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """Registers the keys of people, which are copied apart, and what is kept of people here."""

    name = "rejoinder.privacy"

    def ready(self) -> None:
        from rejoinder.plumbing import backup, logging
        from rejoinder.privacy import find, holdings
        from rejoinder.privacy.consents.holding import Agreed
        from rejoinder.privacy.findings.holding import Reported
        from rejoinder.privacy.findings.quiet import channels, quiet
        from rejoinder.privacy.retention import resting

        logging.hide(find.masked)
        backup.leave_out("privacy_personkey")
        holdings.register(Reported())
        holdings.register(Agreed())
        resting.hears(quiet, channels)
