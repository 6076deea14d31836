"""The desk follows what the outbox settles."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Registers what follows at the desk when a reply leaves the outbox."""

    name = "rejoinder.desk"

    def ready(self) -> None:
        from rejoinder.desk.after import after
        from rejoinder.outbox import settled

        settled.follow(after)
