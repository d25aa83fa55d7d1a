"""What each mechanism does: the same futures lived with its switch as it is, and at its null."""
