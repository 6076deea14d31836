"""`python -m rejoinder.cli` is `rejoinder`; the parts of a desk are started this way."""

import sys

from rejoinder.cli import main

sys.exit(main())
