"""The pages, one module each. `ROUTERS` is the list of all."""

from experiments.web.pages import answers, keeping, run, sign_in, start
from experiments.web.pages import help as words

ROUTERS = (
    start.router,
    run.router,
    answers.router,
    keeping.router,
    words.router,
    sign_in.router,
)
