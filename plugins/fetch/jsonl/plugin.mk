KIT        := ignore names walk
BASE       := utf8
PKG_CONFIG := libcjson libxxhash
PACKAGES   := libcjson-dev libxxhash-dev
