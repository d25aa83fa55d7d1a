"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import place, start, today

ROUTERS = (start.router, place.router, today.router)
