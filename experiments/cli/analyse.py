"""`poundflow analyse`: what a sweep answers, as a table, a paragraph and a page with a picture."""

import json
from collections.abc import Callable, Mapping

from experiments.cli import screen, sweep_questions
from experiments.cli.swept import AnalyseError, AnalyseOptions, Swept, read_swept
from experiments.cli.tables import print_answer
from scenarios.errors import ExitCode

KINDS = ("compare", "sensitivity", "robustness", "discovery", "pareto")


def analyse_command(options: AnalyseOptions) -> int:
    """Answer one question of a sweep.

    Returns
    -------
    int
        0.

    Raises
    ------
    AnalyseError or FolderError
        When the question cannot be asked of this sweep, or the page not be written.
    """
    from experiments.report.swept import write_answer

    _check(options)
    swept = read_swept(options.folder, place=options.place, baseline=options.baseline)
    ask: Mapping[str, Callable[[Swept, AnalyseOptions], sweep_questions.Found]] = {
        "compare": sweep_questions.compare_asked,
        "sensitivity": sweep_questions.sensitivity_asked,
        "robustness": sweep_questions.robustness_asked,
        "discovery": sweep_questions.discovery_asked,
        "pareto": sweep_questions.pareto_asked,
    }
    answer, found = ask[options.kind](swept, options)
    page = options.out or options.folder / f"answer-{options.kind}.html"
    write_answer(answer, _facts(swept), page, swept.say)
    if options.as_json:
        document = {
            "schema_version": 1,
            "kind": options.kind,
            "sweep": swept.name,
            "baseline": swept.baseline,
            "paragraph": [swept.say(one) for one in answer.paragraph],
            "left_out": list(answer.left),
            "page": str(page),
            **found,
        }
        screen.stdout().file.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    else:
        print_answer(answer, page, swept.say)
    return ExitCode.DONE


def _check(options: AnalyseOptions) -> None:
    """Refuse what no sweep can be asked, all at once."""
    faults = []
    if options.kind not in KINDS:
        faults.append(f"found the question {options.kind!r}; wanted one of {', '.join(KINDS)}")
    if not 0.0 <= options.alpha <= 1.0:
        faults.append(f"--alpha {options.alpha}; wanted optimism from 0 to 1")
    if not 0.0 <= options.level < 1.0:
        faults.append(f"--level {options.level}; wanted a share from 0 to below 1, such as 0.9")
    if options.half_width is not None and not options.half_width > 0.0:
        faults.append(f"--half-width {options.half_width}; wanted a size above 0")
    for name, typed, words in (
        ("--better", options.better, ("up", "down")),
        ("--find", options.find, ("worse", "better")),
    ):
        if typed is not None and typed not in words:
            faults.append(f"{name} {typed}; wanted {' or '.join(words)}")
    if faults:
        raise AnalyseError("; ".join(faults) + ".")


def _facts(swept: Swept) -> list[tuple[str, str]]:
    shape = swept.shape
    planned = shape.futures * shape.replicates * len(shape.policies)
    return [
        ("Sweep", swept.name),
        ("Places", ", ".join(shape.places)),
        ("Policies", str(len(shape.policies))),
        ("Points of the design", f"{shape.points:,} ({swept.design.kind})"),
        ("Replicates of each", f"{shape.replicates:,}"),
        ("Runs finished", f"{len(swept.runs):,} of {planned:,}"),
    ]
