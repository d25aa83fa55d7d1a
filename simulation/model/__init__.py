"""The model: agents, the month, and the run from a scenario to Books."""
