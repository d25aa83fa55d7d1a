"""`poundflow report`: a finished comparison as a page, as PDF, and on one sheet."""

from dataclasses import dataclass
from pathlib import Path

from experiments.cli import screen
from scenarios.errors import ExitCode, InputError


class SummaryNameError(InputError):
    """Raised where the name of a summary does not say what it is to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"--summary {path}: found the ending {path.suffix or 'none'}; wanted .html or .pdf. "
            f"Give --summary {path.with_suffix('.pdf')}, for one."
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What was typed."""

    folder: Path
    out: Path | None
    pdf: Path | None
    summaries: tuple[Path, ...]


def report_command(options: ReportOptions) -> int:
    """Write what was asked for.

    Parameters
    ----------
    options : ReportOptions

    Returns
    -------
    int
        0, done.

    Raises
    ------
    InputError or FolderError
        When the folder holds no comparison, a name is wrong, or PDFs cannot be made here; nothing
        is written then.
    """
    from experiments.report.page import PAGE, read_report, write_report
    from experiments.report.pdf import page_pdf, require_pdf, sheet_pdf
    from experiments.store.aside import write_aside

    for path in options.summaries:
        if path.suffix not in (".html", ".pdf"):
            raise SummaryNameError(path)
    sheets = [path for path in options.summaries if path.suffix == ".pdf"]
    if options.pdf or sheets:
        require_pdf()
    found = read_report(options.folder)
    if options.out is None:
        write_report(options.folder, found)
    else:
        write_aside(options.out, found.page.encode())
    written = [options.out or options.folder / PAGE]
    for path in options.summaries:
        write_aside(path, sheet_pdf(found.summary) if path in sheets else found.summary.encode())
    written += options.summaries
    if options.pdf:
        write_aside(options.pdf, page_pdf(found.page))
        written.append(options.pdf)
    screen.stderr().print(f"Read {', '.join(str(path) for path in written)}", markup=False)
    return ExitCode.DONE
