"""The pages of the window: what each person opens, reads and does."""
