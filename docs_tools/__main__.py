"""`python -m docs_tools`: the same as the console script."""

from docs_tools.cli import main

if __name__ == "__main__":
    main()
