"""How summitqa's own weights were made; never imported at run time."""
