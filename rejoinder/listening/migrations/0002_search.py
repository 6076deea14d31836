"""The full-text index: FTS5 over the mentions on SQLite, a table of words with GIN on PostgreSQL."""

from django.db import migrations

# The text stays in the mention only. Diacritics fold, so that "cafe" finds "café".
SQLITE = """
CREATE VIRTUAL TABLE listening_search USING fts5(
    text, content='listening_mention', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2"
)
"""
POSTGRES = """
CREATE TABLE listening_search (mention_id bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX listening_search_words ON listening_search USING gin (words);
"""


def make(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE listening_search")


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
