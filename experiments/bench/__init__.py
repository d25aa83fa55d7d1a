"""What the core costs, beside the machine's limits and beside other ways to do the same work."""
