from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0003_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='reply',
            name='private',
            field=models.BooleanField(default=False),
        ),
    ]
