"""The vault: encrypted storage, the log of operations, and the tables folded from it."""
