"""Makes the database, a queue, somebody of the staff and somebody who is none; says the tokens."""

import json

import django


def main() -> None:
    """Once, before the server starts."""
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from helpdesk.models import Queue  # type: ignore[import-not-found]  # its own environment
    from rest_framework.authtoken.models import (  # type: ignore[import-not-found]
        Token,
    )

    call_command("migrate", verbosity=0)
    queue = Queue.objects.create(title="Network", slug="network")
    desk = User.objects.create_user("desk", "desk@example.test", "made-up-password", is_staff=True)
    guest = User.objects.create_user("guest", "guest@example.test", "made-up-password")
    tokens = {each.username: Token.objects.create(user=each).key for each in (desk, guest)}
    print(json.dumps({"queue": queue.pk} | tokens))


main()
