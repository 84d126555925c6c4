KIT := ignore walk
PKG_CONFIG := zlib
PACKAGES := zlib1g-dev
