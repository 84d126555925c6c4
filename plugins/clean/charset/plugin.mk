KIT        := rewrite language_model
BASE       := utf8
PKG_CONFIG := uchardet libutf8proc
PACKAGES   := libuchardet-dev libutf8proc-dev
