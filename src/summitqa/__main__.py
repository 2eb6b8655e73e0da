"""``python -m summitqa`` is the command ``summitqa``."""

from summitqa.cli import main

if __name__ == "__main__":
    main()
