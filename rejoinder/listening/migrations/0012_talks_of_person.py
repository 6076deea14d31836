from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0011_praised"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["person"], name="talks_of_person"),
        ),
    ]
