"""Pieces that several pages put together. They know widgets and frozen rows, and no service acts."""
