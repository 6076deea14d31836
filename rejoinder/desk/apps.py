"""The desk follows what the outbox settles."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Registers what follows at the desk when a reply leaves the outbox."""

    name = "rejoinder.desk"

    def ready(self) -> None:
        from rejoinder.crisis.alarm import passed_over
        from rejoinder.desk import after, callbacks, joined
        from rejoinder.desk.asleep import wake
        from rejoinder.desk.batch import settled as batches
        from rejoinder.desk.experts import standing
        from rejoinder.desk.holding import Work
        from rejoinder.desk.piles.passed_over import originals
        from rejoinder.desk.unfinished import unfinished
        from rejoinder.listening import joined as heard
        from rejoinder.listening import needs
        from rejoinder.outbox import settled
        from rejoinder.privacy import holdings
        from rejoinder.privacy.retention import resting

        heard.follow(joined.after)
        passed_over.leave_out(originals)
        needs.follow(wake.read_again)
        settled.follow(after.after)
        settled.follow(callbacks.after)
        settled.follow(batches.after)
        settled.follow(standing.after)
        holdings.register(Work())
        resting.works(unfinished)
