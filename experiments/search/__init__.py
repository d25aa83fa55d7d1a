"""Looks over the register's ranges for settings that show an effect, and says where none is."""
