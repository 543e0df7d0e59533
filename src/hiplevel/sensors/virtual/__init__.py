"""Any spec as a sensor that can be connected to."""
