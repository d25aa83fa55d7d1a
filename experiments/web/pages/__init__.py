"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import buying, policies, start

ROUTERS = (start.router, policies.router, buying.router)
