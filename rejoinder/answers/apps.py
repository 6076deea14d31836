"""The answers follow what the outbox settles."""

from django.apps import AppConfig


class Answers(AppConfig):
    """Registers that a reply which was sent may have told an answer."""

    name = "rejoinder.answers"

    def ready(self) -> None:
        from rejoinder.answers.told import after
        from rejoinder.outbox import settled

        settled.follow(after)
