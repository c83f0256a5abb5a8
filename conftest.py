"""What the tests share is a plugin in tests/support, so that a capability's own tests have it too."""

pytest_plugins = [
    "tests.support.databases",
    "tests.support.mail",
    "tests.support.office",
    "tests.support.browser",
    "tests.support.world",
    "tests.support.examples",
    "tests.support.sharing",
    "tests.support.totals",
]
