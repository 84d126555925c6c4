# The Debian packages that a build and the tests need, and how they get here.
#
# `make run` and `make test` install what is missing, after saying what; when
# everything is there apt is not touched. A plain `make` installs nothing.

BUILD_PACKAGES := gcc libc6-dev pkg-config libconfig-dev
TEST_PACKAGES  := libcmocka-dev python3 python3-yaml python3-jsonschema procps
FUZZ_PACKAGES  := clang-14 libclang-rt-14-dev
PLUGIN_PACKAGES = $(shell sed -n 's/^PACKAGES *[:+]\{0,1\}= *//p' $(wildcard plugins/*/*/plugin.mk))

# $(1): packages. What dpkg does not know as installed, in one call.
missing = $(filter-out $(shell dpkg-query -W -f='$${Package}=$${db:Status-Status}\n' $(sort $(1)) 2>/dev/null \
    | sed -n 's/=installed$$//p'),$(sort $(1)))

define install_packages
	@if [ -n "$(strip $(1))" ]; then \
	    echo "galley needs these Debian packages: $(strip $(1))"; \
	    echo "installing them with apt-get$$([ $$(id -u) = 0 ] || echo ' (sudo may ask for your password)')"; \
	    as_root=$$([ $$(id -u) = 0 ] || echo sudo); \
	    $$as_root apt-get update -q >/dev/null && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(1) >/dev/null \
	    || { echo "could not install them; install them yourself and try again" >&2; exit 1; }; \
	fi
endef

.PHONY: packages-run packages-test packages-fuzz
packages-run:
	$(call install_packages,$(call missing,$(BUILD_PACKAGES) $(PLUGIN_PACKAGES)))
packages-test:
	$(call install_packages,$(call missing,$(BUILD_PACKAGES) $(TEST_PACKAGES) $(PLUGIN_PACKAGES)))
packages-fuzz:
	$(call install_packages,$(call missing,$(BUILD_PACKAGES) $(FUZZ_PACKAGES) libcmocka-dev $(PLUGIN_PACKAGES)))
