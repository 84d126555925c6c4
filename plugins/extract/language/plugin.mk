KIT  := language_model
BASE := utf8
