"""What the model cannot say, and how to check what it does say."""

import shlex

from experiments.report.folder import Results
from experiments.report.glossary import term
from experiments.report.place import law_elsewhere
from experiments.report.tables import grades
from experiments.report.words import NO_SALE, listed

FEW = 10


def limits(results: Results) -> list[str]:
    """List what this comparison cannot say: of its kind, and of these very numbers.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of str
        Sentences.
    """
    said = [
        "It is not a forecast. It compares ways of buying under the same assumptions; the real "
        "place will meet things that no future here holds.",
        "The futures we tried are not all futures. “8 of 10 of the futures” is a count of what "
        "we tried, and not a probability.",
        "It was not fitted to what happened where such policies were tried.",
        "It treats only the spending named at the top; all other spending stays on the baseline.",
        "It says nothing on what it does not measure: trust, dignity, and what the Doughnut lists "
        "as not modelled.",
    ]
    said += law_elsewhere(results)
    said.append(
        "Where nothing differs, about one mark in twenty still looks clear by chance: that is what "
        "95% means. Trust a pattern more than a single mark."
    )
    counted = dict(grades(results))
    judged = counted.get("judgement", 0)
    if judged:
        said.append(
            f"{judged} of {sum(counted.values())} assumptions rest on the judgement of those who "
            "built the tool."
        )
    if not results.drawn:
        said.append("It did not try other assumptions, so it cannot say how far they matter.")
    if results.replicates < FEW:
        said.append(
            f"With {results.replicates} runs for each way the intervals are rough; 20 or more are "
            "better."
        )
    used = results.manifest.get("levers", {}).values()
    if any("plural_ownership" in levers for levers in used) and not _sold_away(results):
        said.append(NO_SALE)
    failures = results.summary.get("failures", [])
    if failures:
        reasons = dict.fromkeys(str(run.get("error") or "no reason given") for run in failures)
        said.append(
            f"Runs that failed and are missing from all averages: {len(failures)} "
            f"({'; '.join(list(reasons)[:3])})."
        )
    return said + _unknown(results)


def _sold_away(results: Results) -> float:
    """Give the part of retiring owners who sell to outsiders, as the comparison held it."""
    entries = results.manifest.get("assumptions", [])
    return next((e["value"] for e in entries if e.get("name") == "ownership.sold_away"), 0.0)


def _unknown(results: Results) -> list[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for policy in results.policies:
        for measure in dict.fromkeys(name for name, _, _ in results.outcomes):
            value = results.outcome(measure, policy)
            if value.mean is None:
                found.setdefault((measure, value.why), []).append(policy.title)
    return [
        f"{term(measure).title} under {listed(titles)}: not known: {why}."
        if len(titles) < len(results.policies)
        else f"{term(measure).title}: not known: {why}."
        for (measure, why), titles in found.items()
    ]


def command(results: Results) -> str:
    """Write the command that gives the same numbers again.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    str
        One line for a shell.
    """
    manifest, summary = results.manifest, results.summary
    words = ["poundflow", "compare", str(summary.get("scenario", ""))]
    words += ["--regimes", ",".join(policy.name for policy in results.policies)]
    words += ["--baseline", results.baseline.name]
    for name in ("months", "replicates", "seed"):
        if name in summary:
            words += [f"--{name}", str(summary[name])]
    if manifest.get("fixed"):
        words.append("--fixed")
    for text in manifest.get("sets", []):
        words += ["--set", str(text)]
    return shlex.join(words)


def accounts(results: Results) -> str:
    """Say whether every penny was found again."""
    found = results.summary.get("accounts", {})
    if "residual_pence" not in found:
        return "The check of the accounts is not known."
    count = f"{found.get('payments', 0):,} payments"
    if found["residual_pence"] == 0 and found.get("dye_residual", 0) == 0:
        return f"All {count} were checked: not one penny is missing or made up."
    return (
        f"In {count} the accounts are out by {found['residual_pence']} pence and the marked money "
        f"by {found.get('dye_residual', 0)} units: do not use these numbers."
    )


NEED_FIXED = "delivery is held at the need, whatever it costs, until reserves are at their floor"


def closure(results: Results) -> str:
    """Say what happens to savings, which decides every comparison."""
    chosen = results.manifest.get("closure") or results.scenario.get("closure") or {}
    savings = {
        "spend": "Savings buy more of the same services and overruns buy less",
        "reserve": "Savings go to the council’s reserves and overruns buy less",
        "tax": "Savings are given back in council tax and overruns buy less",
    }.get(str(chosen.get("savings", "spend")), "")
    need = NEED_FIXED if chosen.get("need_fixed") else ""
    text = "; ".join(part for part in (savings, need) if part)
    return f"{text}." if text else ""
