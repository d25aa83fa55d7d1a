"""The command line, where an officer meets the model. Start with `poundflow --help`."""

from experiments.cli.entry import main

__all__ = ["main"]
