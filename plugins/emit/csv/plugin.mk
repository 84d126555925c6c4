KIT := identity sinkfile
PKG_CONFIG := libxxhash
PACKAGES   := libxxhash-dev
