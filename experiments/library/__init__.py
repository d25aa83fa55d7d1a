"""What a program may ask of poundflow; the command line asks the same, and prints it."""
