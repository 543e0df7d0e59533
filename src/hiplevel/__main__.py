"""`python -m hiplevel`: the command line, where the command itself is not on the path."""

from hiplevel.cli.main import main

if __name__ == "__main__":
    main()
