"""Run it: see `tests/simulators/serving.py`."""

from tests.simulators.instagram.server import application
from tests.simulators.serving import serve

serve(application())
