"""python -m eval."""

import sys

from eval.cli import main

if __name__ == "__main__":  # the benchmark's processes import this module again
    sys.exit(main())
