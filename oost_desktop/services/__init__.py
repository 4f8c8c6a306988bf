"""What people do here. One function, one act, one transaction; the only API of window and commands."""
