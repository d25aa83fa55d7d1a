"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import start, sweeps, watch

ROUTERS = (start.router, watch.router, sweeps.router)
