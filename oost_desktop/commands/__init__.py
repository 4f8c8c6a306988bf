"""The commands: one module a group. Each takes parsed arguments and gives an `Answer`."""
