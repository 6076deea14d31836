"""Run it: see `tests/simulators/serving.py`."""

from tests.simulators.serving import serve
from tests.simulators.youtube.server import application

serve(application())
