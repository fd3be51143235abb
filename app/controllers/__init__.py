"""What happens when a person does something: each controller turns signals and commands into edits of the document."""
