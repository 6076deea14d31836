"""Privacy says what no backup holds."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """Registers the keys of people, which are copied apart."""

    name = "rejoinder.privacy"

    def ready(self) -> None:
        from rejoinder.plumbing import backup

        backup.leave_out("privacy_personkey")
