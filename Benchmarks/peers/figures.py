"""Where a comparison leaves what it measured for Benchmarks/results.py: a line of JSON in the file that MARQUEE_FIGURES names."""

import json
import os


def record(name, marquee, peer, peer_name, unit, **more):
    """One figure of Marquee compared with a peer's; `more` has related values, such as the errors of both."""
    path = os.environ.get("MARQUEE_FIGURES")
    if path:
        with open(path, "a") as file:
            json.dump({"name": name, "marquee": marquee, "peer": peer, "peer_name": peer_name, "unit": unit, **more}, file)
            file.write("\n")
