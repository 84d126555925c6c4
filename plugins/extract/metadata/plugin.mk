KIT        := unicode unicode_table
BASE       := utf8
PKG_CONFIG := libcjson
PACKAGES   := libcjson-dev
