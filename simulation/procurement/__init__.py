"""Ways of buying: how a council's need becomes somebody's paid work."""
