"""A keeper whose commands are tiny: `say`, `leave`, `sleep`, `stubborn`, `much`, `env`, `compare`.

`compare` lives nothing: it waits while a file `hold` stands beside its folder, then ends, or fails
with the words in a file `refuse`.
"""

import sys

from experiments.runner import job_keeper

LITTLE = """
import os, signal, sys, time
what, *more = sys.argv[1:]
if what == "say":
    print(*more)
if what == "leave":
    print("half a line\\x1b[1m, then a reason", file=sys.stderr)
    sys.exit(int(more[0]))
if what == "env":
    print(*sorted(os.environ))
if what == "much":
    while True:
        print("x" * (1 << 20))
if what == "compare":
    beside = os.path.dirname(more[more.index("--out") + 1])
    try:
        while os.path.exists(os.path.join(beside, "hold")):
            time.sleep(0.05)
    except KeyboardInterrupt:
        sys.exit(130)
    said = os.path.join(beside, "refuse")
    if os.path.exists(said):
        sys.exit(open(said).read())
if what == "stubborn":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
if what in ("sleep", "stubborn"):
    open(more[0], "a").write(f"{os.getpid()}\\n")
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(130)
"""

if __name__ == "__main__":
    job_keeper.COMMAND = (sys.executable, "-S", "-c", LITTLE)
    job_keeper.LOOK_SECONDS = 0.05
    job_keeper.KINDNESS = 0  # tests wait for it
    job_keeper.MOST_BYTES = 4 << 20
    job_keeper.main(*sys.argv[1:])
