KIT := identity sinkfile
BASE := utf8
PKG_CONFIG := libxxhash
PACKAGES   := libxxhash-dev
