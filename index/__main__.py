"""python -m index."""

import os
import sys

from index.cli import main

LOWER_PRIORITY = 10
"""Of syncs: questions go first. It is the process's own, so it is set here and nowhere else."""

if sys.argv[1:2] == ["sync"] and hasattr(os, "nice"):
    os.nice(LOWER_PRIORITY)
sys.exit(main())
