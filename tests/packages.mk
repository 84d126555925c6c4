# The Debian packages that a build and the tests need, and how they get here.
.PHONY: packages-build
packages-build:
