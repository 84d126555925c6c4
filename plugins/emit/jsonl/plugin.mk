KIT        := json identity offsets sinkfile
BASE       := utf8
PKG_CONFIG := libxxhash nettle
PACKAGES   := libxxhash-dev nettle-dev
