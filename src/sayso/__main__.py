"""`python -m sayso` is the command `sayso`."""

from sayso.interfaces.cli import main

main()
