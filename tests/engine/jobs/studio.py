"""A studio to be killed by the tests: submits one job and tells on standard output how it goes."""

import sys
import threading
from pathlib import Path

from engine.jobs.runner import JobRunner
from tests.engine.jobs.job_support import ALLOWED, make_spec, wait_until

runner = JobRunner(Path(sys.argv[1]), allowed=ALLOWED)
job = runner.submit(make_spec(sys.argv[2], warm=sys.argv[3] == "warm"))
runner.submit(make_spec("whoami", warm=sys.argv[3] == "warm"))
view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
sys.stdout.write(" ".join(str(pid) for _, pid in view.metrics) + "\n")
sys.stdout.flush()
threading.Event().wait()
