"""``python -m noticewatch.cli``: the command line without its installed script."""

from noticewatch.cli.main import main

if __name__ == "__main__":
    main()
