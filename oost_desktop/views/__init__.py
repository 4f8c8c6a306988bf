"""What is seen: Qt Widgets. The only package, with `app.py`, that imports PySide6."""
