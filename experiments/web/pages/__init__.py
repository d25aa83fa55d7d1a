"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import run, start

ROUTERS = (start.router, run.router)
