"""What others publish, as it comes, read into what a scenario needs; no publisher is assumed."""
