"""python -m index."""

import sys

from index.cli import main
from index.priority import give_way

if sys.argv[1:2] == ["sync"]:
    give_way()
sys.exit(main())
