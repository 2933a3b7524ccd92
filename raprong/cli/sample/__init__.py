"""Sample people and figures: who the tests, the demonstration and the rehearsal are about."""
