"""A run of a case's question: how large it is to be, how it is begun, and how it stands."""
