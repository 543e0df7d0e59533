"""For every room: properties are not timed, so that a busy machine fails nothing."""

from hypothesis import HealthCheck, settings

settings.register_profile("hiplevel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hiplevel")
