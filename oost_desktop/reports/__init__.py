"""Paper out: frozen values in, the bytes of a tagged PDF out. No database, no window, no clock."""
