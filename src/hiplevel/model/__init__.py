"""What every room speaks: samples, events, exercises, rules, calibration, prescriptions, errors."""
