"""What leaves the house, where it is on its way, and who stopped it."""

from rejoinder.outbox.models.acknowledgement import Acknowledgement
from rejoinder.outbox.models.amendment import Amendment
from rejoinder.outbox.models.leaving import LEAVING, UNSETTLED, Leaving, State
from rejoinder.outbox.models.moderation import Moderation
from rejoinder.outbox.models.picture import Picture
from rejoinder.outbox.models.publication import Publication
from rejoinder.outbox.models.reply import Reply
from rejoinder.outbox.models.stop import Lock, Pause, Stranger

__all__ = [
    "LEAVING",
    "UNSETTLED",
    "Acknowledgement",
    "Amendment",
    "Leaving",
    "Lock",
    "Moderation",
    "Pause",
    "Picture",
    "Publication",
    "Reply",
    "State",
    "Stranger",
]
