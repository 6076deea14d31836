from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0004_own_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='private',
            field=models.BooleanField(default=False),
        ),
    ]
