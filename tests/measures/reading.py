"""Reading outcomes by name in tests."""

from simulation.accounting.books import Books
from simulation.measures.catalogue import evaluate
from simulation.measures.measure import Outcome


def read(books: Books) -> dict[tuple[str, str], Outcome]:
    """Outcomes of the whole window by measure and tier."""
    return {(one.measure, one.tier): one for one in evaluate(books) if one.month == 0}


def answers(books: Books) -> dict[str, float | None]:
    """Values of the measures in which place does not enter, by name."""
    return {name: one.value for (name, tier), one in read(books).items() if tier == "all"}
