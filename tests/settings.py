"""The desk's settings for tests, read after giving them a folder that is nobody's desk."""

import os
import tempfile
from pathlib import Path

os.environ["REJOINDER_DATA"] = tempfile.mkdtemp(prefix="rejoinder-test-")

from rejoinder.settings import *  # noqa: F403  # the folder has to be known before
from rejoinder.settings import DATABASES

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Tables in memory are locked for all but one thread. Workers put their own name behind this.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp()) / "desk")}
