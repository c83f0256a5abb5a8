import pytest
from django.core.management import call_command


def test_the_migrations_make_the_tables_that_the_models_describe(db: None) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("A model changed without its migration. Run: coproduce manage makemigrations")
