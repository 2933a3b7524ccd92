"""Every measured row, or those that are named: `bench.py [NAME ...]`.

The presses of a batch begin by reading the file that the program was started with. In the product that file asks for
nothing until it runs, and so it is here: what the benches need would be a part of the presses' time.
"""

import sys

if __name__ == "__main__":
    from bench_all import main

    sys.exit(main(sys.argv[1:]))
