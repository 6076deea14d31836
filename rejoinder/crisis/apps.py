"""The crisis room follows what is published, and posts that are not ours."""

from django.apps import AppConfig


class Crisis(AppConfig):
    """Registers what the timeline writes down by itself, and what is held about people."""

    name = "rejoinder.crisis"

    def ready(self) -> None:
        from rejoinder.answers import published
        from rejoinder.crisis import regarding, stopping
        from rejoinder.crisis.holding import Named
        from rejoinder.crisis.timeline import stating
        from rejoinder.outbox import lock, settled
        from rejoinder.privacy import holdings
        from rejoinder.privacy.incidents import notifying

        holdings.register(Named())
        published.follow(stating.after)
        settled.follow_publications(stating.arrived)
        lock.follow(stopping.after)
        notifying.follow(regarding.after)
