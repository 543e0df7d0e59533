"""One sitting: source to pipeline to recorder, cues and views."""
