#!/bin/sh
# Which Python makes .venv: the first that is new enough and able to. The distribution's own comes first: it is built
# with optimisation, which one compiled by a version manager seldom is, and runs this house half again as fast.
fits='import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'
for python in /usr/bin/python3 python3.11 python3.12 python3.13 python3; do
  found=$(command -v "$python") && "$found" -c "$fits" 2>/dev/null && echo "$found" && exit
done
