"""What a command ends with that it can't do."""


class Problem(Exception):
    """The command ends with exit code 1; the text says in a sentence what to do."""
