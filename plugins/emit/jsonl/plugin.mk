KIT        := json identity offsets sinkfile
BASE       := utf8 json
PKG_CONFIG := libxxhash nettle
PACKAGES   := libxxhash-dev nettle-dev
