#!/usr/bin/env python3
"""Write docs/exercises.md from the catalogue: `make exercise-docs`; --check only looks."""

import sys
from pathlib import Path

from hiplevel.exercises.builtin import BUILT_IN, built_in
from hiplevel.exercises.words import limit_words, signal_words, told
from hiplevel.model.exercise import Exercise

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exercises.md"
DRAWINGS = "../src/hiplevel/exercises/drawings"
HEAD = """\
# Exercises

Made from the files in [src/hiplevel/exercises/catalogue](../src/hiplevel/exercises/catalogue) by `make exercise-docs`;
what is wrong here is wrong there. The drawings are made by `scripts/draw_exercises.py`.

Limits are presets to start from, until your clinician sets one. Angles are of the pelvis, relative to standing still at
the start. In the drawings blue is the pelvis, orange the clip and what moves, grey where it came from.

"""
OWN = """\
## One of your own

An exercise is one TOML file. Take one of the catalogue that is like yours, change it, check it and add it:

```sh
hiplevel exercises show squat --toml > wall-squat.toml
hiplevel exercises check wall-squat.toml    # says with line and key what is wrong
hiplevel exercises add wall-squat.toml      # from now on it is in every list
hiplevel exercises remove wall-squat
```

It needs an `id` that the catalogue does not have: nothing replaces an exercise of the catalogue. Your own are kept in
the folder that `HIPLEVEL_EXERCISES` names, else in your data folder. Every recording keeps the description that it was
made with, so it replays the same after you changed or removed it, and on a computer that never knew it.

| key | what it says |
| --- | --- |
"""
KEYS = {
    "id": "small letters, digits and single dashes; the file is named after it",
    "name, summary": "what it is called, and what one does, in a sentence",
    "posture": '`"upright"`, `"side-lying"` or `"any"`: in another nothing is counted',
    "sides": '`"declared"`: the standing leg is told; `"both"` stand; `"alternating"`: they take turns; `"any"`',
    "setup, stance, cues": "in words: how to get ready, what to say about the legs, what to mind",
    "pelvis_moves": '`"clearly"`, `"hardly"` (the confidence says so) or `"not"`',
    "cannot_see, source": "in words: what no sensor on the pelvis can tell, and where the numbers come from",
    "discouraged": "may be left out: why another exercise serves better",
    "typical_deg": "[least, most] range of the reported angle when it is done well",
    "hold_s": '[least, most] time held at the turn, s; from above 0 and with `counting = "none"`, holds are timed',
    "warn_deg, alarm_deg": "preset limits of a drop, degrees",
    "drop_reference": '`"neutral"`, or `"rep-start"`: a drop is measured from where the repetition began',
    "steps": 'may be left out: `"walking"`, `"running"` or `"sideways"` steps are found',
    "counting": '`"none"`, `"hops"`, or a table with the keys below',
    "counting.signal": '`"obliquity"`, `"tilt"` (degrees) or `"height"` (cm): what swings once a repetition; '
    '`"learned"` from the movement itself (cm, turning as the travel of a 40 cm lever), with no direction and no gates',
    "counting.angle": '`"obliquity"` or `"tilt"`: whose range is reported',
    "counting.direction": "which way the signal goes out, 1 or -1; 0 when either may be",
    "counting.count_at": '`"turn"` or `"end"`: when people are told of a repetition',
    "counting.min_swing": "smaller swings are never repetitions, degrees or cm",
    "counting.rep_s, counting.tempo_s": "[shortest, longest] repetition at all, and one that is done well, s",
    "counting.max_acc_m_s2": "more acceleration than this (rms, without gravity) is walking or handling",
    "counting.max_tilt_deg, counting.max_rise_cm, counting.max_turn_deg": (
        "nor is it this exercise when the pelvis tilts, rises, or turns about the vertical by more"
    ),
    "counting.min_angle_deg": "nor when the reported angle moves less",
}


def page() -> str:
    """The whole document."""
    catalogue = [built_in(exercise_id) for exercise_id in BUILT_IN]
    rows = [f"| [{e.name}](#{e.id}) | `{e.id}` | {signal_words(e)} | {limit_words(e)} |" for e in catalogue]
    table = ["| exercise | id | counted by | preset limits |", "| --- | --- | --- | --- |", *rows]
    keys = [f"| {', '.join(f'`{key}`' for key in names.split(', '))} | {what} |" for names, what in KEYS.items()]
    return HEAD + "\n".join(table) + "\n\n" + "".join(map(_section, catalogue)) + OWN + "\n".join(keys) + "\n"


def _section(exercise: Exercise) -> str:
    cues = [text for name, text in told(exercise) if name == "Cue"]
    lines = [
        f"**{name}**: {text}{'' if text.endswith('.') else '.'}  "
        for name, text in told(exercise)
        if name not in ("What", "Cue")
    ]
    if cues:
        lines.insert(next(n for n, line in enumerate(lines) if line.startswith("**Counted")), _mind(cues))
    drawing = f'<img src="{DRAWINGS}/{exercise.id}.svg" width="320" alt="{exercise.summary}">'
    heading = f'<a id="{exercise.id}"></a>\n\n## {exercise.name}\n\n{exercise.summary}\n\n{drawing}\n\n'
    return heading + "\n".join(lines).rstrip() + "\n\n"


def _mind(cues: list[str]) -> str:
    return f"**Mind**: {'. '.join(cues)}.  "


if __name__ == "__main__":
    text = page()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == text else f"{PAGE.name} is not current: make exercise-docs")
    PAGE.write_text(text, encoding="utf-8", newline="\n")
