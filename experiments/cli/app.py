"""The commands and their options. Everything heavy is imported inside the command that needs it."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.analyse_options import analyse
from experiments.cli.calibrate_app import calibrate_app
from experiments.cli.fit_app import fit_check
from experiments.cli.import_app import import_app
from experiments.cli.lm3_options import lm3
from experiments.cli.options import AsJson
from experiments.cli.pattern_options import pattern
from experiments.cli.plan_app import plan_app
from experiments.cli.report_options import report, reproduce
from experiments.cli.store_app import store_app
from experiments.cli.suppliers_options import suppliers
from experiments.cli.sweep_app import sweep_app
from experiments.cli.today_options import today
from experiments.cli.validate_options import validate
from experiments.cli.web_options import web

app = typer.Typer(
    name="poundflow",
    help="What a council's ways of buying do to a local economy, followed to the penny.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DEFAULT_OUT = Path("poundflow-out")

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A name on the shelf, or a path to a file.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY.PATH=VALUE",
        help="Change one value of the scenario; assumptions.NAME changes the register. Repeatable.",
    ),
]
Months = Annotated[int | None, typer.Option(help="Length of each run, in months.")]
Seed = Annotated[int, typer.Option(help="Root of all luck.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")]
Replicate = Annotated[int, typer.Option(help="Which future, counted from 0.")]
Fixed = Annotated[
    bool, typer.Option("--fixed", help="Keep the uncertain assumptions at their central values.")
]


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"poundflow {version('poundflow')}")
        raise typer.Exit


@app.callback()
def poundflow(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """What a council's ways of buying do to a local economy, followed to the penny."""


@app.command()
def compare(
    scenario: ScenarioArgument,
    regimes: Annotated[
        str | None,
        typer.Option(metavar="a,b,..", help="Policies or regimes; default as in the scenario."),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="a", help="What the others are measured from.")
    ] = None,
    months: Months = None,
    replicates: Annotated[int | None, typer.Option(help="Paired futures to try.")] = None,
    seed: Seed = 1,
    fixed: Fixed = False,
    sets: Sets = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes; default one for each core.")
    ] = None,
    out: Out = DEFAULT_OUT,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")] = False,
) -> int:
    """Compare ways of buying on equal luck, over many futures."""
    from experiments.cli.compare import CompareOptions, compare_command

    return compare_command(
        CompareOptions(
            scenario=scenario,
            regimes=regimes,
            baseline=baseline,
            months=months,
            replicates=replicates,
            seed=seed,
            fixed=fixed,
            sets=tuple(sets or ()),
            workers=workers,
            out=out,
            as_json=as_json,
            quiet=quiet,
        )
    )


@app.command()
def run(
    scenario: ScenarioArgument,
    regime: Annotated[str, typer.Option(metavar="R", help="The policy or regime to live.")],
    beside: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="a,b,..",
            help="The comparison that it is a run of, as `compare --regimes` names it; default "
            "the scenario's own. It decides which spending is treated.",
        ),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="a", help="The baseline of that comparison.")
    ] = None,
    replicate: Replicate = 0,
    months: Months = None,
    seed: Seed = 1,
    fixed: Fixed = False,
    sets: Sets = None,
    out: Out = DEFAULT_OUT,
    journal: Annotated[
        bool, typer.Option("--journal", help="Also keep every decision and payment.")
    ] = False,
    built: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take the economy that `poundflow build` wrote."),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(metavar="N", help="Threads; default one for each core. Changes no number."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Live one way of buying once, and keep its books."""
    from experiments.cli.single import RunOptions, run_command

    return run_command(
        RunOptions(
            scenario=scenario,
            regime=regime,
            beside=beside,
            baseline=baseline,
            replicate=replicate,
            months=months,
            seed=seed,
            fixed=fixed,
            sets=tuple(sets or ()),
            out=out,
            journal=journal,
            built=built,
            threads=threads,
            as_json=as_json,
        )
    )


@app.command()
def pillars(
    scenario: ScenarioArgument,
    regime: Annotated[
        str | None,
        typer.Option(metavar="R", help="The policy that is one of the pillars; default the first."),
    ] = None,
    levers: Annotated[
        str | None,
        typer.Option(metavar="a,b,..", help="Of pay, land, finance, ownership; default all."),
    ] = None,
    spend: Annotated[
        float | None,
        typer.Option(metavar="POUNDS", help="Yearly sum of each lever that is on."),
    ] = None,
    months: Months = None,
    replicates: Annotated[int | None, typer.Option(help="Paired futures to try.")] = None,
    seed: Seed = 1,
    fixed: Fixed = False,
    sets: Sets = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes; default one for each core.")
    ] = None,
    out: Out = DEFAULT_OUT,
    as_json: AsJson = False,
) -> int:
    """Try every combination of pillars at equal cost, and say if the whole exceeds its parts."""
    from experiments.cli.pillars import PillarsOptions, pillars_command

    return pillars_command(
        PillarsOptions(
            scenario=scenario,
            regime=regime,
            levers=levers,
            spend=spend,
            months=months,
            replicates=replicates,
            seed=seed,
            fixed=fixed,
            sets=tuple(sets or ()),
            workers=workers,
            out=out,
            as_json=as_json,
        )
    )


@app.command()
def build(
    scenario: ScenarioArgument,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    replicate: Replicate = 0,
    seed: Seed = 1,
    fixed: Fixed = False,
    sets: Sets = None,
    as_json: AsJson = False,
) -> int:
    """Build the economy of one future, and keep it in a file for `run --built`."""
    from experiments.cli.build import BuildOptions, build_command

    return build_command(
        BuildOptions(
            scenario=scenario,
            replicate=replicate,
            seed=seed,
            fixed=fixed,
            sets=tuple(sets or ()),
            out=out,
            as_json=as_json,
        )
    )


@app.command()
def build_place(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A district: its ONS code, id or name.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The scenario file to write.")],
    payments: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Payments of its council, imported, with suppliers resolved."
        ),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A contracts register, imported; another's for sizes."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write a scenario of any district of the UK, to be read, put right, and compared."""
    from experiments.cli.build_place import BuildPlaceOptions, build_place_command

    return build_place_command(
        BuildPlaceOptions(code=code, payments=payments, register=register, out=out, as_json=as_json)
    )


@app.command()
def thread(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `run` has filled.")],
    award: Annotated[
        int | None, typer.Argument(metavar="AWARD", help="Its number; without it, all are named.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Follow one award of a run: objective, power, criterion, result, bids and what came of it."""
    from experiments.cli.thread import thread_command

    return thread_command(folder, award, as_json=as_json)


@app.command()
def bench(
    quick: Annotated[
        bool, typer.Option("--quick", help="Smaller worlds: a minute or two, figures less sure.")
    ] = False,
    out: Out = DEFAULT_OUT,
    as_json: AsJson = False,
) -> int:
    """Measure what the core costs, beside the machine's limits and other ways to do its work."""
    from experiments.bench.measure import FULL, QUICK
    from experiments.cli.bench import bench_command

    return bench_command(QUICK if quick else FULL, out, as_json=as_json)


app.command()(validate)
app.command()(analyse)
app.command("fit-check")(fit_check)
app.command()(suppliers)
app.command()(lm3)
app.command()(web)
app.command()(today)
app.command()(pattern)
app.command()(report)
app.command()(reproduce)


@app.command()
def check(scenario: ScenarioArgument, sets: Sets = None) -> int:
    """Check a scenario file and say everything that is wrong with it."""
    from experiments.cli.look import check_command

    return check_command(scenario, tuple(sets or ()))


@app.command()
def show(scenario: ScenarioArgument, sets: Sets = None) -> int:
    """Show a scenario, and its built start state beside the published one."""
    from experiments.cli.show import show_command

    return show_command(scenario, tuple(sets or ()))


@app.command()
def scenarios() -> int:
    """List the scenarios on the shelf."""
    from experiments.cli.look import scenarios_command

    return scenarios_command()


@app.command()
def regimes(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One in full.")] = None,
) -> int:
    """List the ways of buying, or describe one."""
    from experiments.cli.look import regimes_command

    return regimes_command(name)


@app.command()
def assumptions(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One in full, or all that begin so.")
    ] = None,
) -> int:
    """List the assumptions register, or describe one entry."""
    from experiments.cli.look import assumptions_command

    return assumptions_command(name)


app.add_typer(sweep_app)
app.add_typer(plan_app)
app.add_typer(store_app)
app.add_typer(calibrate_app)
app.add_typer(import_app, name="import")
