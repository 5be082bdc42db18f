"""Where the frozen program begins: one executable, three programs. The small files beside it say which one is meant."""

import sys

_MARK = "--program="

if __name__ == "__main__":
    named = "ban-mot-cua"
    if len(sys.argv) > 1 and sys.argv[1].startswith(_MARK):
        named = sys.argv.pop(1).removeprefix(_MARK)
    if named == "desk-app":
        from desk_app import cli

        sys.exit(cli.main())
    if named == "desk-district":
        from desk_app.district import cli as district

        sys.exit(district.main())
    from desk_app import window_program

    sys.exit(window_program.main())
