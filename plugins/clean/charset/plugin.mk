KIT        := rewrite
BASE       := utf8
PKG_CONFIG := uchardet libutf8proc
PACKAGES   := libuchardet-dev libutf8proc-dev
