"""The window's commands, one file a menu."""

MENUS = ("File", "Edit", "View", "Network", "Run", "Window", "Help")
