"""The encrypted database itself: driver, tables, migrations, locks."""
