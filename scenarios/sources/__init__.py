"""A council's own files as they come from outside, read into tidy tables; nothing is dropped."""
