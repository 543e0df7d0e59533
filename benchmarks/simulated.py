"""How well the simulated catalogue is counted, person by person; `accuracy.py` has the same figures as a part.

python benchmarks/simulated.py [--wearers 20] [--first 0] [--only squat ...] [--jobs 2] [--failures FILE] [--json FILE]
"""

import argparse
import json
import sys
from pathlib import Path

from accuracy_parts import simulated


def main() -> int:
    """Run and print; the failures, one a line, go to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wearers", type=int, default=simulated.WEARERS, help="people an exercise")
    parser.add_argument("--first", type=int, default=0, help="number of the first; 0 to 19 were tuned on, 100 on not")
    parser.add_argument("--only", nargs="*", default=[], help="only exercises (and placements) with one of these words")
    parser.add_argument("--jobs", type=int, help="processes; as many as there are cores")
    parser.add_argument("--failures", type=Path, help="where to write each person with anything wrong")
    parser.add_argument("--json", type=Path, help="where the figures go")
    options = parser.parse_args()
    found = simulated.outcomes(simulated.tasks(options.wearers, options.only, options.first), options.jobs)
    figures = simulated.table(found)
    for name, row in figures.items():
        print(f"\n{name}")
        for key, value in row.items():
            print(f"  {key:40} {value}")
    if options.failures is not None:
        lines = [outcome.line for outcome in found if outcome.wrong]
        options.failures.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"\n{len(lines)} people with anything wrong: {options.failures}", file=sys.stderr)
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
