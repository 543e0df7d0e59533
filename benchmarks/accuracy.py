"""How well hiplevel counts and measures on recordings: one table, the same as JSON, and plots.

    python benchmarks/accuracy.py --data FOLDER [--watch watch_dataset.npy] [--json accuracy.json] [--only WORD ...]
                                  [--plots docs/accuracy]

The folder holds public sets converted to one layout; docs/accuracy.md says which and how. These are tuning figures:
the thresholds were chosen while looking at these files, so they are no claim about recordings not seen.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hiplevel
from accuracy_parts import (
    counting,
    counting_held,
    counting_slow,
    counting_unchanged,
    false_forms,
    goals,
    ideal,
    invariance,
    learned,
    markdown,
    pelvis,
    simulated,
    watch,
    wear,
    why,
)

PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "squat sets, waist sensor": counting.squats,
    "squats, optical made inertial (synthetic)": counting.optical_squats,
    "any placement, generic": learned.placements,
    "movements, optical made inertial, generic (synthetic)": learned.optical,
    "squats slowed down (synthetic)": counting_slow.slow_squats,
    "squats held at the bottom (synthetic)": counting_held.held_squats,
    "false repetitions in walks slowed down (synthetic)": counting_slow.slow_walks,
    "squats at every tempo (simulated)": counting_slow.tempo_and_holds,
    "sets and turns (simulated)": counting.simulated_turns,
    "when a turn is told (simulated)": counting_slow.turn_latency,
    "the same count from another sensor": counting_unchanged.unchanged,
    "pelvis angles against optical": pelvis.against_optical,
    "what the rest of the angle error is": why.rest_of_error,
    "obliquity, optical made inertial (synthetic)": ideal.angle,
    "drops, optical made inertial (synthetic)": ideal.drop_events,
    "ten minutes of wear with hops (simulated)": wear.drift,
    "simulated catalogue": simulated.catalogue,
    "false repetitions": counting.false_counts,
    "false holds, hops and passes": false_forms.told,
    "block invariance": invariance.invariance,
}
WATCH = "shoulder exercises from a watch, generic"


def main() -> int:
    """Run the parts and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the .npz files")
    parser.add_argument("--watch", type=Path, help="watch_dataset.npy of the Python package seglearn")
    parser.add_argument("--json", type=Path, default=Path("accuracy.json"), help="where the figures go")
    parser.add_argument("--only", nargs="*", default=[], help="run only parts whose name contains one of these words")
    parser.add_argument("--plots", type=Path, help="draw the plots and write figures.md here (needs the group 'bench')")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"There is no folder {options.data}; docs/accuracy.md says where the sets come from.", file=sys.stderr)
        return 2
    results: dict[str, Any] = {"hiplevel": hiplevel.__version__, "kind": "tuning figures"}
    parts = dict(PARTS)
    if options.watch is None:
        print(f"No --watch: '{WATCH}' is left out; docs/accuracy.md says where that file comes from.", file=sys.stderr)
    else:
        parts[WATCH] = lambda _: watch.shoulder(options.watch)
    for name, part in parts.items():
        if options.only and not any(word in name for word in options.only):
            continue
        print(f"... {name}", file=sys.stderr)
        results[name] = part(options.data)
        print(f"\n{name}")
        for key, value in results[name].items():
            print(f"  {key:72} {value}")
    results["goals"] = goals.judged(results)
    print("\ngoals")
    for line in goals.lines(results["goals"]):
        print(f"  {line}")
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"\nTuning figures, written to {options.json}.", file=sys.stderr)
    if options.plots is not None:
        from accuracy_parts import plots

        plots.draw(options.data, options.plots)
        (options.plots / "figures.md").write_text(markdown.page(results), encoding="utf-8")
        print(f"Plots and figures.md in {options.plots}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
