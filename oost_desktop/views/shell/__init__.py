"""The window around the pages: rail, top bar, status line, find panel, unlock and blank screens."""
