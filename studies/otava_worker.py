"""Run by a Python that has Apache Otava: a series in, places of change points out, as lines of JSON.

Otava pins a version of numpy that the service does not use, so it lives in an environment of its own.
"""

import json
import sys

from otava.analysis import compute_change_points

for line in sys.stdin:
    found, _ = compute_change_points(json.loads(line), window_len=50, max_pvalue=0.001, min_magnitude=0.01)
    sys.stdout.write(json.dumps(sorted(int(each.index) for each in found)) + "\n")
    sys.stdout.flush()
