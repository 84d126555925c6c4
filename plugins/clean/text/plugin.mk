KIT := rewrite
