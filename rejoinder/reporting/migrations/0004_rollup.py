from django.db import migrations, models

# Whoever changes a mention notes its block, in the same transaction. On SQLite, where one writes at
# a time, once for each block; on PostgreSQL once for each statement, so that nobody waits for it.
_SQLITE = """
CREATE TRIGGER reporting_mention_{when} AFTER {what} ON listening_mention BEGIN
    DELETE FROM reporting_stale WHERE block = old.id / 4096;
    INSERT INTO reporting_stale (block) VALUES (old.id / 4096);
END
"""
_COLUMNS = "created_at, person_id, channel, need, intent, sentiment, language, public, ours, deleted_at, copy_of, question_id"
_POSTGRES = """
CREATE FUNCTION reporting_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO reporting_stale (block) SELECT DISTINCT id / 4096 FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER reporting_mention_update AFTER UPDATE ON listening_mention
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reporting_note();
CREATE TRIGGER reporting_mention_delete AFTER DELETE ON listening_mention
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reporting_note();
"""


def make(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRES)
    else:
        editor.execute(_SQLITE.format(when="update", what=f"UPDATE OF {_COLUMNS}"))
        editor.execute(_SQLITE.format(when="delete", what="DELETE"))


def drop(apps, editor):
    on = " ON listening_mention" if editor.connection.vendor == "postgresql" else ""
    for when in ("update", "delete"):
        editor.execute(f"DROP TRIGGER reporting_mention_{when}{on}")
    if on:
        editor.execute("DROP FUNCTION reporting_note")


class Migration(migrations.Migration):

    dependencies = [
        ('listening', '0010_block'),
        ('reporting', '0003_digest'),
    ]

    operations = [
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('many', models.PositiveIntegerField()),
                ('first_at', models.BigIntegerField()),
                ('last_at', models.BigIntegerField()),
                ('at', models.BinaryField()),
                ('row', models.BinaryField()),
                ('person', models.BinaryField()),
                ('question', models.BinaryField()),
                ('need', models.BinaryField()),
                ('public', models.BinaryField()),
                ('channel', models.BinaryField()),
                ('intent', models.BinaryField()),
                ('sentiment', models.BinaryField()),
                ('language', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['last_at'], name='blocks_since')],
            },
        ),
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='ChangedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('on', models.DateField()),
                ('gone', models.PositiveIntegerField(default=0)),
                ('come', models.PositiveIntegerField(default=0)),
                ('otherwise', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'on'), name='one_change_a_day_and_day')],
            },
        ),
        migrations.RunPython(make, drop),
    ]
