"""`python -m accord` is the program `accord`."""

import sys

from accord.cli import main

if __name__ == "__main__":
    sys.exit(main())
