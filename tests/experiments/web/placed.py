"""Cases with a place of the shelf, for the pages that come after the first."""

from shutil import copyfile

from experiments.web.case import Case
from scenarios.shelf import find


def placed(case: Case, name: str, *, lawful: bool = False) -> Case:
    """Give a case the place of a scenario on the shelf, kept to the law of its date or as it is."""
    copyfile(find(name), case.place_file)
    if lawful:
        text = case.place_file.read_text("utf-8")
        text = text.replace("counterfactual = true", "counterfactual = false")
        case.place_file.write_text(text, "utf-8")
    return case
