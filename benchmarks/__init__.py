"""Every number this project claims, as a command: `python -m benchmarks [NAME...]`."""
