"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import help as words
from experiments.web.pages import keeping, sign_in, start, sweeps, watch

ROUTERS = (
    start.router,
    keeping.router,
    words.router,
    sign_in.router,
    watch.router,
    sweeps.router,
)
