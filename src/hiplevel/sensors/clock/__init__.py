"""When samples were taken: by the sensor's own clock, or by their arrival."""
