"""Keys and secrets: everything that encrypts, signs or derives. Knows no SQL, no Qt, no records."""
