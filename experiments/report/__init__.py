"""One self-contained page that an officer and a committee can read."""
