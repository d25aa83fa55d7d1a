"""The economy: its columns, how it is built, and the acts of a month."""
