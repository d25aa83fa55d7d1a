"""Pictures: data in, a Figure out. The only room of the house that knows matplotlib."""
