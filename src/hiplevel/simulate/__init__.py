"""A simulated wearer: pelvis kinematics to sensor samples. Everything made here is called simulated."""
