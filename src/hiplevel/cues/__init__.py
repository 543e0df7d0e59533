"""What is heard: short tones made beforehand, chosen from the same events that a view is drawn from."""
