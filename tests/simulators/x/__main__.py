"""Run it: see `tests/simulators/serving.py`."""

from tests.simulators.serving import serve
from tests.simulators.x.server import application

serve(application())
