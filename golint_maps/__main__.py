"""`python -m golint_maps` is the command `golint-maps`."""

from golint_maps.cli import main

if __name__ == "__main__":
    main(prog_name="golint-maps")
