"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import help as words
from experiments.web.pages import keeping, place, run, sign_in, start, today

ROUTERS = (
    start.router,
    place.router,
    today.router,
    run.router,
    keeping.router,
    words.router,
    sign_in.router,
)
