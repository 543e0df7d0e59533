"""Many recordings at once: the same work on each, in processes here or on other computers, and what was done before.

It knows nothing of figures: whoever asks gives the work and the tasks.
"""
