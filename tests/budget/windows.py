"""A small crowd before a platform's clock. `python -m tests.budget.windows FOLDER POSTS`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from benchmarks.crowd import crowd

    folder, posts = Path(sys.argv[1]), int(sys.argv[2])
    print(json.dumps(asdict(crowd(folder, accounts=4, limits=12, posts=posts))))
