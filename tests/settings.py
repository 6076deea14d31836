"""The desk's settings for tests, read after giving them a folder that is nobody's desk."""

import os
import tempfile

os.environ.setdefault("REJOINDER_DATA", tempfile.mkdtemp(prefix="rejoinder-test-"))

from rejoinder.settings import *  # noqa: F403  # the folder has to be known before
