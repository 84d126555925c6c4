BASE = utf8
$(BUILD)/obj/plugins/extract/language/model.o: plugins/extract/language/language.model
