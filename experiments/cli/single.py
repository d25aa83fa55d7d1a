"""`poundflow run`: one way of buying, once, with every book kept for whoever wants to check."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from rich.table import Table

from experiments.cli import question, screen
from experiments.cli.tables import HEADLINES
from experiments.cli.wording import number, pounds
from experiments.design.plan import PlanError
from experiments.runner.built import built_label, open_built
from experiments.runner.compilation import spare_compiling
from experiments.runner.label import label, now
from experiments.runner.lives import BooksDoNotBalanceError
from experiments.runner.single import SingleRun, live_once, single_summary, writers
from experiments.store.aside import refusal
from experiments.store.folder import ResultFolder
from scenarios.errors import ExitCode, UserCodeError
from scenarios.tables import Country, country


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What was typed."""

    scenario: str
    regime: str
    beside: str | None
    baseline: str | None
    replicate: int
    months: int | None
    seed: int
    fixed: bool
    sets: tuple[str, ...]
    out: Path
    journal: bool
    built: Path | None
    threads: int | None
    as_json: bool


def run_command(options: RunOptions) -> int:
    """Live one run and write its books.

    Returns
    -------
    int
        0 done; 3 the run failed, with the reason on stderr.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, or the disk gives out.
    """
    if options.replicate < 0:
        raise PlanError(f"--replicate is {options.replicate}; wanted 0 or more.")
    threads = question.side_by_side("--threads", options.threads)
    spared = spare_compiling(options.scenario, options.sets, options.months)
    beside = question.comma_list("--with", options.beside)
    scenario = question.read_question(
        options.scenario, options.sets, regimes=beside, baseline=options.baseline,
        also=(options.regime,),
    )  # fmt: skip
    plan = question.single_run_plan(
        scenario, options.regime, options.months, options.seed, options.fixed,
        beside=beside, baseline=options.baseline,
    )  # fmt: skip
    more = {"regime": options.regime, "replicate": options.replicate, "journal": options.journal}
    more["compiled"] = not spared
    economy = None
    if options.built is not None:
        file = open_built(options.built, built_label(scenario, plan, options.replicate))
        economy = file.economy()
        more["built_sha256"] = file.seal
    manifest = label("run", scenario, plan, 1, status="under way", **more)
    folder = ResultFolder(options.out, manifest, parts=False)
    began = monotonic()
    try:
        run = live_once(
            scenario, plan, options.regime, options.replicate,
            journal=options.journal, built=economy, threads=threads,
        )  # fmt: skip
    except KeyboardInterrupt:
        folder.update_manifest(status="stopped", finished=now())
        raise
    except UserCodeError:
        folder.withdraw()
        raise
    except BooksDoNotBalanceError as fault:
        folder.update_manifest(status="failed", finished=now())
        screen.stderr().print(f"the run failed: {fault}", markup=False)
        return ExitCode.SOME_RUNS_FAILED
    _write(options.out, run)
    summary = single_summary(scenario, plan, run)
    folder.write_json("summary.json", summary)
    folder.update_manifest(status="finished", finished=now(), seconds=round(monotonic() - began, 1))
    if options.as_json:
        screen.print_document(summary)
    else:
        _print_run(run, options.out, country(scenario.nation))
    return ExitCode.DONE


def _write(folder: Path, run: SingleRun) -> None:
    """Write books and journal; a full disk or a locked folder is the folder's fault, not ours."""
    for name, write in writers(run).items():
        try:
            write(folder)
        except OSError as fault:
            raise refusal(fault, folder / name, 0) from fault


def _print_run(run: SingleRun, out: Path, nation: Country) -> None:
    table = Table(title=f"{run.record.run}", title_justify="left")
    for column, side in (("measure", "left"), ("place", "left"), ("value", "right")):
        table.add_column(column, justify="right" if side == "right" else "left")
    table.add_column("unit")
    for row in run.rows:
        if row.month == 0 and row.measure in HEADLINES:
            table.add_row(
                row.measure.replace("_", " "),
                nation.tier(row.tier),
                number(row.value, row.unit),
                row.unit,
            )
    console = screen.stdout()
    console.print(table)
    accounts = run.record.accounts
    if accounts is not None:
        moved = pounds(accounts.pence_moved, nation.currency)
        missing = nation.say(f"{accounts.residual_pence} pence")
        console.print(
            f"{accounts.payments:,} payments, {moved} moved, "
            f"{missing} and {accounts.dye_residual} units of dye missing.",
            markup=False,
        )
    console.print(
        f"Let anew of treated spending: {pounds(run.record.treated_pence, nation.currency)}. "
        f"Books in {out / 'books'}"
    )
