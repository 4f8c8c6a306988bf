"""For looking at: every widget on invented data. Not part of the program people run."""
