"""`python -m experiments.cli` is the same as `poundflow`."""

from experiments.cli import main

if __name__ == "__main__":
    main()
