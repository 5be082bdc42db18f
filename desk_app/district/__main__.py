"""`python -m desk_app.district`: the district's terminal."""

import sys

from desk_app.district.cli import main

sys.exit(main())
