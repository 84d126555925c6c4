KIT        := ignore names walk
PKG_CONFIG := libcjson libxxhash
PACKAGES   := libcjson-dev libxxhash-dev
