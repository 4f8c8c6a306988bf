"""What people do: one function, one act, one transaction. The window and commands know this."""
