"""Settings of all tests."""

from hypothesis import settings

# A busy machine must not make a slow example a failure; speed is measured by `eval`.
settings.register_profile("default", deadline=None)
settings.load_profile("default")
