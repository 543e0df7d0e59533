"""What the JSON files of a BIDS-Motion export say of their tables' columns, and its README."""

README = """\
Motion of the pelvis, from one inertial sensor clipped to the back of it, as hiplevel recorded it.

- *_motion.tsv: no header; latency in seconds since the first sample, accelerometer in m/s^2, gyroscope in rad/s, in the
  sensor's own frame. Samples were not resampled: where some are missing, the latency shows it.
- *_events.tsv: sets and repetitions as they count after corrections by people, drops, holds, gaps and pauses.
- acq_time: the wall clock (UTC) at the first sample, to within one Bluetooth packet.
"""

EVENT_COLUMNS = {
    "onset": {"Description": "Begin, since the first sample.", "Units": "s"},
    "duration": {"Description": "How long it lasted.", "Units": "s"},
    "trial_type": {
        "Description": "What happened.",
        "Levels": {
            "set": "a set of repetitions",
            "rep": "a repetition that counts",
            "drop": "one side of the pelvis was lower than the limit set by a clinician",
            "hold": "a position held",
            "step-drop": "one foot stood alone, and the other side of the pelvis fell (negative: stayed above)",
            "pass": "steps in one direction, walking sideways",
            "compensation": "another part moved that should not",
            "clipped": "readings at the sensor's limit",
            "gap": "no usable samples",
            "pause": "somebody asked for it: recorded, and not looked at",
            "limit": "a clinician set another limit for this side, value_deg, from here on",
            "bad": "a person said that this is not to be trusted",
        },
    },
    "side": {"Description": "Of a repetition or hold the leg trained; of a drop the side of the pelvis that fell."},
    "set_number": {"Description": "The set, from 1."},
    "rep_number": {"Description": "The repetition within its set, from 1."},
    "value_deg": {
        "Description": "Range of a repetition, peak of a drop or compensation, mean raise of a hold.",
        "Units": "deg",
    },
    "warm_up": {"Description": "1 for a repetition that a person marked as warm-up, else 0."},
}

CHANNEL_COLUMNS = {
    "reference_frame": {
        "Description": "The frame that the channel is measured in.",
        "Levels": {
            "sensor": {
                "RotationRule": "right-hand",
                "Description": "The sensor's own axes, as its firmware gives them. How they lie on the pelvis is in "
                "Calibration of *_motion.json where it is known. At rest the accelerometer reads +9.81 m/s^2 along the "
                "axis that points up.",
            }
        },
    }
}

PARTICIPANT_COLUMNS = {"client_code": {"Description": "The pseudonymous code in hiplevel, which may hold a hyphen."}}
