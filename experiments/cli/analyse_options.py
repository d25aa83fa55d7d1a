"""The options of `poundflow analyse`. Everything heavy is imported inside."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def analyse(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="compare, sensitivity, robustness, discovery or pareto; all, the default, for "
            "every one that the sweep can answer, in one report.",
        ),
    ] = "all",
    measure: Annotated[
        list[str] | None, typer.Option(help="What is asked of; repeatable. Default: headlines.")
    ] = None,
    tier: Annotated[str | None, typer.Option(help="Area; default the narrowest kept.")] = None,
    policy: Annotated[
        str | None, typer.Option(help="sensitivity, discovery: the policy asked of.")
    ] = None,
    baseline: Annotated[str | None, typer.Option(help="Policy compared with.")] = None,
    place: Annotated[str | None, typer.Option(help="The only place that counts.")] = None,
    better: Annotated[
        str | None, typer.Option(metavar="up|down", help="Which way is better.")
    ] = None,
    half_width: Annotated[
        float | None, typer.Option(help="compare: wished half-width; tells replicates needed.")
    ] = None,
    alpha: Annotated[float, typer.Option(help="robustness: optimism of Hurwicz' rule.")] = 0.5,
    level: Annotated[
        float, typer.Option(help="robustness: CVaR is the mean of the worst 1 - level.")
    ] = 0.9,
    threshold: Annotated[
        float | None,
        typer.Option(help="robustness, discovery: good enough; default the baseline."),
    ] = None,
    find: Annotated[
        str, typer.Option(metavar="worse|better", help="discovery: what is looked for.")
    ] = "worse",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="POLICY", help="A policy that counts; repeatable. Default: all."),
    ] = None,
    within: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=LOW..HIGH",
            help="Count only futures in which an assumption lies in a range; repeatable.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Page; default in the folder.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Ask a sweep: differences, sensitivity, robust choice, regions of failure, trade-offs."""
    from experiments.cli.analyse import analyse_command, ranges_of

    options = {
        "measures": measure,
        "tier": tier,
        "policy": policy,
        "baseline": baseline,
        "place": place,
        "better": better,
        "half_width": half_width,
        "alpha": alpha,
        "level": level,
        "threshold": threshold,
        "find": find,
        "only": only,
        "within": ranges_of(within or ()),
    }
    return analyse_command(folder, kind, options, out, as_json=as_json)
