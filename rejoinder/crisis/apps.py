"""The crisis room follows what is published, and posts that are not ours."""

from django.apps import AppConfig


class Crisis(AppConfig):
    """Registers what the timeline writes down by itself."""

    name = "rejoinder.crisis"

    def ready(self) -> None:
        from rejoinder.answers import published
        from rejoinder.crisis import stating, stopping
        from rejoinder.outbox import lock, settled

        published.follow(stating.after)
        settled.follow_publications(stating.arrived)
        lock.follow(stopping.after)
