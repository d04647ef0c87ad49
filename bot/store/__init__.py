"""What is remembered, on SQLite or Postgres: tables, verbs and migrations. A draft's text has no column anywhere."""
