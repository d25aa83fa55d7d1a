"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import start

ROUTERS = (start.router,)
