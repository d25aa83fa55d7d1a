"""What is published from sweeps: tables stored from them, figures and pages from the tables."""
