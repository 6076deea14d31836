"""What several concepts in one post mean together: the grades of danger."""

import numpy as np

from rejoinder.listening.read.scan import Bits, Found

# By the reason that is given for it; the columns of `grades`.
GRADES = (
    "emergency",
    "alarm",
    "body",
    "depends",
    "fraud",
    "exposed",
    "self-harm",
    "threat",
    "domestic-abuse",
    "stalking",
)
CONCEPTS = {  # the concept whose words a reason cites
    **{grade: grade for grade in GRADES},
    "exposed": "leak",
    "self-harm": "self_harm",
    "domestic-abuse": "domestic",
    "insult": "abuse",
}


def grades(found: Found) -> Bits:
    """Posts × GRADES: which danger the cues speak of."""
    fails = found["failing"] | found["unreachable"]
    may_fail = fails | found["whether"]
    someone = found["person"]
    call = found["emergency"] & ~(found["not_emergency"] & ~found["unreachable"])
    return np.stack(
        [
            call & may_fail,
            found["alarm"] & may_fail,
            found["body"] & (fails | found["service"]) & (someone | fails),
            found["depends"] & may_fail,
            found["fraud"],
            found["leak"],
            found["self_harm"],
            found["threat"],
            found["domestic"],
            found["stalking"],
        ],
        axis=1,
    )


def insults(found: Found) -> Bits:
    """Whether each post has a word of contempt that is not for the service or the writer."""
    return np.asarray(found["abuse"] & ~found["insult_service"])
