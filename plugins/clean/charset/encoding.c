/* encoding - the table of encodings, and the search for a label. */
#include "encoding.h"

#include <ctype.h>
#include <strings.h>

/* One row an encoding: the facts, then its other labels, parted by blanks. */
static const struct row {
    encoding    facts;
    const char *labels;
} rows[] = {
    { { "utf-8", NULL, FORM_UTF8 },
      "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig" },
    { { "utf-16le", NULL, FORM_UTF16_LE },
      "utf-16 utf-16-le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff ucs-2le" },
    { { "utf-16be", NULL, FORM_UTF16_BE },
      "utf-16-be unicodefffe ucs-2be" },
    { { "utf-32le", NULL, FORM_UTF32_LE },
      "utf-32 utf-32-le ucs-4le" },
    { { "utf-32be", NULL, FORM_UTF32_BE },
      "utf-32-be ucs-4be" },
    { { "windows-1252", "CP1252", FORM_SINGLE },
      "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
      "iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252" },
    { { "windows-1250", "CP1250", FORM_SINGLE },
      "cp1250 x-cp1250" },
    { { "windows-1251", "CP1251", FORM_SINGLE },
      "cp1251 x-cp1251" },
    { { "windows-1253", "CP1253", FORM_SINGLE },
      "cp1253 x-cp1253" },
    { { "windows-1254", "CP1254", FORM_SINGLE },
      "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
      "iso_8859-9:1989 l5 latin5 x-cp1254" },
    { { "windows-1255", "CP1255", FORM_SINGLE },
      "cp1255 x-cp1255" },
    { { "windows-1256", "CP1256", FORM_SINGLE },
      "cp1256 x-cp1256" },
    { { "windows-1257", "CP1257", FORM_SINGLE },
      "cp1257 x-cp1257" },
    { { "windows-1258", "CP1258", FORM_SINGLE },
      "cp1258 x-cp1258" },
    { { "windows-874", "CP874", FORM_SINGLE },
      "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620" },
    { { "iso-8859-2", "ISO-8859-2", FORM_SINGLE },
      "csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2" },
    { { "iso-8859-3", "ISO-8859-3", FORM_SINGLE },
      "csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3" },
    { { "iso-8859-4", "ISO-8859-4", FORM_SINGLE },
      "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4" },
    { { "iso-8859-5", "ISO-8859-5", FORM_SINGLE },
      "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
      "iso_8859-5:1988" },
    { { "iso-8859-6", "ISO-8859-6", FORM_SINGLE },
      "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e "
      "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987" },
    { { "iso-8859-7", "ISO-8859-7", FORM_SINGLE },
      "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 "
      "iso_8859-7 iso_8859-7:1987 sun_eu_greek" },
    { { "iso-8859-8", "ISO-8859-8", FORM_SINGLE },
      "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8-e iso-8859-8-i iso- "
      "ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual" },
    { { "iso-8859-10", "ISO-8859-10", FORM_SINGLE },
      "csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6" },
    { { "iso-8859-13", "ISO-8859-13", FORM_SINGLE },
      "iso8859-13 iso885913" },
    { { "iso-8859-14", "ISO-8859-14", FORM_SINGLE },
      "iso8859-14 iso885914" },
    { { "iso-8859-15", "ISO-8859-15", FORM_SINGLE },
      "csisolatin9 iso8859-15 iso885915 iso_8859-15 l9" },
    { { "iso-8859-16", "ISO-8859-16", FORM_SINGLE },
      "" },
    { { "koi8-r", "KOI8-R", FORM_SINGLE },
      "cskoi8r koi koi8 koi8_r" },
    { { "koi8-u", "KOI8-U", FORM_SINGLE },
      "koi8-ru" },
    { { "macintosh", "MACINTOSH", FORM_SINGLE },
      "csmacintosh mac x-mac-roman mac-roman macroman" },
    { { "x-mac-cyrillic", "MAC-CYRILLIC", FORM_SINGLE },
      "x-mac-ukrainian mac-cyrillic maccyrillic" },
    { { "x-mac-centraleurope", "MAC-CENTRALEUROPE", FORM_SINGLE },
      "mac-centraleurope mac-latin2" },
    { { "ibm437", "IBM437", FORM_SINGLE },
      "437 cp437 cspc8codepage437" },
    { { "ibm850", "IBM850", FORM_SINGLE },
      "850 cp850 cspc850multilingual" },
    { { "ibm852", "IBM852", FORM_SINGLE },
      "852 cp852 cspcp852" },
    { { "ibm855", "IBM855", FORM_SINGLE },
      "855 cp855 csibm855" },
    { { "ibm862", "IBM862", FORM_SINGLE },
      "862 cp862" },
    { { "ibm865", "IBM865", FORM_SINGLE },
      "865 cp865" },
    { { "ibm866", "IBM866", FORM_SINGLE },
      "866 cp866 csibm866" },
    { { "viscii", "VISCII", FORM_SINGLE },
      "csviscii" },
    { { "georgian-ps", "GEORGIAN-PS", FORM_SINGLE },
      "" },
    { { "gb18030", "GB18030", FORM_MULTI },
      "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk "
      "gb-18030" },
    { { "big5", "BIG5-HKSCS", FORM_MULTI },
      "big5-hkscs cn-big5 csbig5 x-x-big5" },
    { { "shift_jis", "CP932", FORM_MULTI },
      "csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932" },
    { { "euc-jp", "EUC-JP", FORM_MULTI },
      "cseucpkdfmtjapanese x-euc-jp" },
    { { "euc-kr", "UHC", FORM_MULTI },
      "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
      "ksc_5601 windows-949 uhc cp949" },
    { { "johab", "JOHAB", FORM_MULTI },
      "cp1361 ms1361" },
    { { "euc-tw", "EUC-TW", FORM_MULTI },
      "x-euc-tw" },
    { { "iso-2022-jp", "ISO-2022-JP", FORM_SHIFTED },
      "csiso2022jp" },
    { { "iso-2022-kr", "ISO-2022-KR", FORM_SHIFTED },
      "csiso2022kr" },
    { { "iso-2022-cn", "ISO-2022-CN", FORM_SHIFTED },
      "iso-2022-cn-ext" },
};

const encoding *encoding_named(const char *name)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].facts.name, name) == 0)
            return &rows[i].facts;
    return NULL;
}

static gly_str trimmed(gly_str text)
{
    while (text.len > 0 && isspace((unsigned char)text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && isspace((unsigned char)text.ptr[text.len - 1]))
        text.len--;
    return text;
}

static bool same_word(gly_str word, const char *with, size_t length)
{
    return word.len == length && strncasecmp(word.ptr, with, length) == 0;
}

static bool row_has(const struct row *row, gly_str label)
{
    const char *at = row->labels;

    if (same_word(label, row->facts.name, strlen(row->facts.name)))
        return true;
    while (*at) {
        size_t length = strcspn(at, " ");

        if (same_word(label, at, length))
            return true;
        at += length + (at[length] == ' ');
    }
    return false;
}

const encoding *encoding_of_label(gly_str label)
{
    label = trimmed(label);
    if (label.len == 0)
        return NULL;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (row_has(&rows[i], label))
            return &rows[i].facts;
    return NULL;
}
