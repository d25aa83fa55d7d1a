"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import (
    answers,
    buying,
    keeping,
    place,
    policies,
    run,
    sign_in,
    start,
    sweeps,
    today,
    uncertain,
    watch,
)
from experiments.web.pages import help as words

ROUTERS = (
    start.router,
    keeping.router,
    place.router,
    today.router,
    policies.router,
    buying.router,
    uncertain.router,
    run.router,
    answers.router,
    watch.router,
    sweeps.router,
    words.router,
    sign_in.router,
)
