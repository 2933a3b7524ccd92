"""The web door: people come in here, read, ask, call one verb, and are answered."""
