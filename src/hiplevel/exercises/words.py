"""What the catalogue says of an exercise, in words: the same on the command line and in the documents."""

from hiplevel.model.exercise import Exercise

MOVES = {
    "clearly": "clearly",
    "hardly": "hardly: the better it is done, the less there is to count, and the confidence says so",
    "not": "it should not: no repetitions are counted from it",
}
REFERENCE = {"neutral": "from neutral", "rep-start": "from where the repetition began"}
COUNT_AT = {"turn": "when it turns", "end": "when it is back"}
STEPS = {"walking": "steps", "running": "steps", "sideways": "steps and passes, by the way they go"}


def told(exercise: Exercise) -> list[tuple[str, str]]:
    """(what it is about, the words), in the order in which one reads them."""
    first = [("Discouraged", exercise.discouraged)] if exercise.discouraged else []
    return [
        *first,
        ("What", exercise.summary),
        ("Posture", exercise.posture),
        ("Set up", exercise.setup),
        ("Legs", exercise.stance),
        *(("Cue", cue) for cue in exercise.cues),
        ("Counted", counted_words(exercise)),
        ("Done well", well_words(exercise)),
        ("Limits", f"{limit_words(exercise)}; presets, until your clinician sets one"),
        ("A drop is", f"measured {REFERENCE[exercise.drop_reference]}"),
        ("Pelvis moves", MOVES[exercise.pelvis_moves]),
        ("Cannot see", exercise.cannot_see),
        ("Source", exercise.source),
    ]


def signal_words(exercise: Exercise) -> str:
    """By what it is counted, in a word or two."""
    if exercise.counting.signal == "learned":
        return "its own rhythm"
    if exercise.counting.signal != "none":
        return exercise.counting.signal
    if exercise.steps != "none":
        return "steps"
    return "holds" if _held(exercise) else "not counted"


def counted_words(exercise: Exercise) -> str:
    """What is counted, and how it is told."""
    counting = exercise.counting
    told_at = COUNT_AT[counting.count_at]
    if counting.signal == "hops":
        return f"landings to the side, {_span(counting.rep_s)} s apart"
    if counting.signal == "learned":
        return f"by its own rhythm, once that is known, {_span(counting.rep_s)} s each, {told_at}"
    if counting.signal != "none":
        unit = " cm" if counting.signal == "height" else "°"
        signal = f"by {counting.signal}, from {counting.min_swing:g}{unit}"
        return f"{signal}, {_span(counting.rep_s)} s each, {told_at}"
    if exercise.steps != "none":
        return STEPS[exercise.steps]
    if _held(exercise):
        return "holds: how long, how far it sank, and when it gave way"
    return "nothing: too little can be seen from the pelvis to count honestly"


def well_words(exercise: Exercise) -> str:
    """Range, tempo and hold when it is done well."""
    facts = [f"{_span(exercise.typical_deg)}° of {exercise.counting.angle}"]
    if exercise.counting.signal != "none":
        facts.append(f"{_span(exercise.counting.tempo_s)} s a repetition")
    if exercise.hold_s[1] > 0.0:
        facts.append(f"held {_span(exercise.hold_s)} s")
    return ", ".join(facts)


def limit_words(exercise: Exercise) -> str:
    """The preset limits."""
    return f"warn {exercise.warn_deg:g}°, alarm {exercise.alarm_deg:g}°"


def _held(exercise: Exercise) -> bool:
    return exercise.hold_s[0] > 0.0


def _span(pair: tuple[float, float]) -> str:
    return f"{pair[0]:g}" if pair[0] == pair[1] else f"{pair[0]:g} to {pair[1]:g}"
