"""What is measured about a run. A measure reads Books and nothing else."""
