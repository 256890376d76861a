"""Commands for what others write, and for programs that ask."""
