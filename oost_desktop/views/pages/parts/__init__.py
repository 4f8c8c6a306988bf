"""Pieces that several pages put together: widgets and frozen rows, no service's acts."""
