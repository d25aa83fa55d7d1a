"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import buying, keeping, policies, sign_in, start, uncertain
from experiments.web.pages import help as words

ROUTERS = (
    start.router,
    keeping.router,
    words.router,
    sign_in.router,
    policies.router,
    buying.router,
    uncertain.router,
)
