# Limits become versions with a date and a source, totals belong to a holder, costs to a rule.

from datetime import datetime, timezone

from django.conf import settings
from django.db import migrations, models

EVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


def carry_over(apps, schema_editor):
    Allowance = apps.get_model('budget', 'Allowance')
    LimitRule = apps.get_model('budget', 'LimitRule')
    Reservation = apps.get_model('budget', 'Reservation')
    costs, numbers = {}, {}
    for row in Allowance.objects.all():
        costs[row.account_id, row.unit], numbers[row.account_id, row.unit] = row.cost, row.pk
        Allowance.objects.filter(pk=row.pk).update(holder=f'account:{row.account_id}')
    for rule in LimitRule.objects.all():
        LimitRule.objects.filter(pk=rule.pk).update(
            holder=f'account:{rule.account_id}',
            cost=costs.get((rule.account_id, rule.unit), 1_000_000),
            source='corrected' if rule.corrected_at else 'published',
            made_at=rule.corrected_at or EVER,
            valid_from=rule.corrected_at,
        )
    for kept in Reservation.objects.all():
        known = {
            str(numbers[kept.account_id, unit]): cost
            for unit, cost in kept.costs.items()
            if (kept.account_id, unit) in numbers
        }
        Reservation.objects.filter(pk=kept.pk).update(costs=known)


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0001_initial'),
        ('channels', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField('allowance', 'holder', models.CharField(max_length=200, default=''), preserve_default=False),
        migrations.AddField('limitrule', 'holder', models.CharField(max_length=200, default=''), preserve_default=False),
        migrations.AddField('limitrule', 'scope', models.CharField(max_length=20, default='account')),
        migrations.AddField('limitrule', 'cost', models.BigIntegerField(default=0, help_text='of one reply'), preserve_default=False),
        migrations.AddField('limitrule', 'costs', models.JSONField(default=dict, help_text='of kinds of replies where it differs')),
        migrations.AddField('limitrule', 'all_clients', models.BooleanField(default=True)),
        migrations.AddField('limitrule', 'source', models.CharField(choices=[('published', 'Published'), ('corrected', 'Corrected by a person'), ('told', 'Told by the platform'), ('estimated', 'Estimated')], default='published', max_length=10)),
        migrations.AddField('limitrule', 'made_at', models.DateTimeField(default=EVER), preserve_default=False),
        migrations.AddField('limitrule', 'valid_from', models.DateTimeField(null=True)),
        migrations.AddField('limitrule', 'valid_to', models.DateTimeField(null=True)),
        migrations.AddField('spend', 'unseen', models.BigIntegerField(default=0)),
        migrations.AddField('reservation', 'about', models.CharField(blank=True, max_length=100, default=''), preserve_default=False),
        migrations.RunPython(carry_over),
        migrations.RemoveConstraint('allowance', 'one_total_a_unit'),
        migrations.RemoveConstraint('limitrule', 'one_rule_a_name'),
        migrations.RemoveField('allowance', 'account'),
        migrations.RemoveField('allowance', 'cost'),
        migrations.RemoveField('limitrule', 'account'),
        migrations.RemoveField('limitrule', 'corrected_at'),
        migrations.AddConstraint('allowance', models.UniqueConstraint(fields=('holder', 'unit'), name='one_total_a_unit')),
        migrations.AddIndex('limitrule', models.Index(fields=['holder', 'valid_to'], name='rules_of_holder')),
        migrations.AddIndex('spend', models.Index(condition=models.Q(('unseen__gt', 0)), fields=['allowance', 'at'], name='spent_unseen')),
    ]
