"""Listening says what it holds about people."""

from django.apps import AppConfig


class Listening(AppConfig):
    """Registers what is held."""

    name = "rejoinder.listening"

    def ready(self) -> None:
        from rejoinder.listening.holding import Heard
        from rejoinder.listening.quiet import channels, quiet
        from rejoinder.privacy import holdings
        from rejoinder.privacy.retention import resting

        holdings.register(Heard())
        resting.hears(quiet, channels)
