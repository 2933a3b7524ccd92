"""The embedded database engine, named in settings as `raprong.core.databases.sqlite3`."""
