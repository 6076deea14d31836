"""The outbox says what it holds about people."""

from django.apps import AppConfig


class Outbox(AppConfig):
    """Registers what is held."""

    name = "rejoinder.outbox"

    def ready(self) -> None:
        from rejoinder.outbox.holding import Said
        from rejoinder.privacy import holdings

        holdings.register(Said())
