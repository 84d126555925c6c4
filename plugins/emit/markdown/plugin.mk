KIT        := json names sinkfile unicode unicode_table
BASE       := utf8
PKG_CONFIG := libxxhash
PACKAGES   := libxxhash-dev
