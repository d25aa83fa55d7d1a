"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import help as words
from experiments.web.pages import keeping, run, sign_in, start

ROUTERS = (
    start.router,
    run.router,
    keeping.router,
    words.router,
    sign_in.router,
)
