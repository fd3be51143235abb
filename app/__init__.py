"""The application: windows, the document with undo, commands, settings, and the command line."""
