/* Which dates and amounts extract.dates finds, what they mean, and what it leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"
#include "lexicon.h"

extern const gly_plugin gly_plugin_v0;

/* ---- a stage that says in which language the text is, and when it was published --- */

typedef struct facts {
    const gly_host *host;
    gly_stage      *stage;
    const char     *lang, *published;
} facts;

static facts told;

static gly_status open_facts(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    (void)opts;
    told.host = host;
    told.stage = stage;
    *shared = &told;
    return GLY_OK;
}

static gly_status tell(void *self, gly_doc *doc)
{
    facts *f = self;
    gly_range nowhere = { 0, 0 };

    gly_set_str(f->host, f->stage, doc, "lang", (gly_str){ f->lang, 2 }, nowhere, 1000);
    if (f->published)
        gly_set_str(f->host, f->stage, doc, "published", (gly_str){ f->published, 10 }, nowhere, 1000);
    return GLY_OK;
}

static const gly_stage_ops facts_ops = { .size = sizeof facts_ops, .open = open_facts, .process = tell };
static const gly_option no_options[] = { GLY_OPTIONS_END };
static const char *const facts_writes[] = { "meta.lang", "meta.published", NULL };
static const gly_plugin facts_plugin = {
    .size = sizeof(gly_plugin), .option_size = sizeof(gly_option), .name = "test.facts",
    .kind = GLY_TRANSFORM, .version = "1.0.0", .summary = "Tell facts", .license = "MIT",
    .writes = facts_writes, .options = no_options, .ops = &facts_ops
};

/* ---- checks ------------------------------------------------------------------------- */

static size_t append(char *out, size_t used, size_t room, gly_str text)
{
    return used + (size_t)snprintf(out + used, room - used, "%.*s", (int)text.len, text.ptr);
}

static void run(const char *text, const char *lang, const char *published, const char *options,
                char *dates, char *amounts, size_t room)
{
    harness *h = harness_new();
    const gly_layer *layer;
    const gly_doc *d;
    size_t used = 0;

    told.lang = lang;
    told.published = published;
    harness_stage_linked(h, &facts_plugin, NULL);
    harness_stage(h, "extract.tokens", NULL);
    harness_stage_linked(h, &gly_plugin_v0, options);
    d = harness_run(h, "a.txt", text, strlen(text));
    assert_int_equal(harness_status(h), GLY_OK);
    layer = gly_layer_of(d, "date/1");
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++) {
        used = append(dates, used, room, gly_slice(d->text, GLY_RECORDS(layer, gly_date)[i].at));
        used = append(dates, used, room, GLY_LIT(" = "));
        used = append(dates, used, room, GLY_RECORDS(layer, gly_date)[i].value);
        used = append(dates, used, room, GLY_LIT("\n"));
    }
    layer = gly_layer_of(d, "amount/1");
    for (uint32_t i = 0, at = 0; i < GLY_COUNT(layer); i++)
        at += (uint32_t)snprintf(amounts + at, room - at, "%.12g %.*s\n",
                                 GLY_RECORDS(layer, gly_amount)[i].value,
                                 (int)GLY_RECORDS(layer, gly_amount)[i].unit.len,
                                 GLY_RECORDS(layer, gly_amount)[i].unit.ptr);
    harness_free(h);
}

/* Dates as "text = value" lines. */
static void dates(const char *lang, const char *published, const char *text, const char *wanted)
{
    char found[2048] = "", amounts[2048] = "";

    run(text, lang, published, NULL, found, amounts, sizeof found);
    assert_string_equal(found, wanted);
}

/* Amounts as "value unit" lines. */
static void amounts(const char *lang, const char *text, const char *wanted)
{
    char days[2048] = "", found[2048] = "";

    run(text, lang, NULL, NULL, days, found, sizeof found);
    assert_string_equal(found, wanted);
}

/* ---- dates ------------------------------------------------------------------------------ */

static void reads_english_dates(void **unused)
{
    (void)unused;
    dates("en", NULL, "On 2 May 2023 it began.", "2 May 2023 = 2023-05-02\n");
    dates("en", NULL, "On the 2nd of May, 2023 it began.", "2nd of May, 2023 = 2023-05-02\n");
    dates("en", NULL, "On May 2nd, 2023, it began.", "May 2nd, 2023 = 2023-05-02\n");
    dates("en", NULL, "Tuesday, Sept. 5, 2023.", "Tuesday, Sept. 5, 2023 = 2023-09-05\n");
    dates("en", NULL, "In May 2023 and 12-May-2023", "May 2023 = 2023-05\n12-May-2023 = 2023-05-12\n");
    dates("en", NULL, "It was 29 February 2024.", "29 February 2024 = 2024-02-29\n");
}

static void reads_dates_of_other_languages(void **unused)
{
    (void)unused;
    dates("de", NULL, "am 2. Mai 2023", "2. Mai 2023 = 2023-05-02\n");
    dates("fr", NULL, "le 1er août 2023", "1er août 2023 = 2023-08-01\n");
    dates("es", NULL, "el 2 de mayo de 2023", "2 de mayo de 2023 = 2023-05-02\n");
    dates("it", NULL, "il 2 maggio 2023", "2 maggio 2023 = 2023-05-02\n");
    dates("pt", NULL, "em 2 de março de 2023", "2 de março de 2023 = 2023-03-02\n");
    dates("nl", NULL, "op 2 mei 2023", "2 mei 2023 = 2023-05-02\n");
    dates("ja", NULL, "2023年5月2日に", "2023年5月2日 = 2023-05-02\n");
}

static void reads_times(void **unused)
{
    (void)unused;
    dates("en", NULL, "Published 09:30, 2 May 2023", "09:30, 2 May 2023 = 2023-05-02T09:30\n");
    dates("en", NULL, "on 2 May 2023 at 7.30pm.", "2 May 2023 at 7.30pm = 2023-05-02T19:30\n");
    dates("en", NULL, "at 12 a.m. on 2 May 2023", "12 a.m. on 2 May 2023 = 2023-05-02T00:00\n");
    dates("en", NULL, "on 5 May 2023, 7pm on 4 May 2023",
          "5 May 2023 = 2023-05-05\n7pm on 4 May 2023 = 2023-05-04T19:00\n");
    dates("de", NULL, "am 2.5.2023 um 9.30 Uhr", "2.5.2023 um 9.30 Uhr = 2023-05-02T09:30\n");
    dates("fr", NULL, "le 2 mai 2023 à 9h30", "2 mai 2023 à 9h30 = 2023-05-02T09:30\n");
    dates("da", NULL, "den 2. maj 2023 kl. 18.30", "2. maj 2023 kl. 18.30 = 2023-05-02T18:30\n");
    dates("fr", NULL, "le 2 mai 2023 à 18 h 30", "2 mai 2023 à 18 h 30 = 2023-05-02T18:30\n");
    dates("it", NULL, "il 2 maggio 2023 alle ore 18.30", "2 maggio 2023 alle ore 18.30 = 2023-05-02T18:30\n");
    dates("en", NULL, "2023-05-02T09:30:15Z", "2023-05-02T09:30:15Z = 2023-05-02T09:30\n");
}

static void reads_ranges(void **unused)
{
    (void)unused;
    dates("en", NULL, "2-5 May 2023", "2-5 May 2023 = 2023-05-02/2023-05-05\n");
    dates("en", NULL, "May 2–5, 2023", "May 2–5, 2023 = 2023-05-02/2023-05-05\n");
    dates("en", NULL, "30 December to 2 January 2023",
          "30 December to 2 January 2023 = 2022-12-30/2023-01-02\n");
    dates("en", NULL, "Monday 1st – Friday 5th May 2023",
          "Monday 1st – Friday 5th May 2023 = 2023-05-01/2023-05-05\n");
    dates("en", NULL, "Q3 2023", "Q3 2023 = 2023-07/2023-09\n");
    dates("de", NULL, "vom 2. bis 5. Mai 2023", "2. bis 5. Mai 2023 = 2023-05-02/2023-05-05\n");
}

/* 02/05/2023 is the second of May here and the fifth of February there. */
static void is_honest_about_the_order_of_digits(void **unused)
{
    (void)unused;
    dates("en", NULL, "02/05/2023", "02/05/2023 = 2023\n");
    dates("en", NULL, "02/05/2023 and 14/05/2023", "02/05/2023 = 2023-05-02\n14/05/2023 = 2023-05-14\n");
    dates("en", NULL, "05/14/2023 and 02/05/2023", "05/14/2023 = 2023-05-14\n02/05/2023 = 2023-02-05\n");
    dates("en", NULL, "May 9, 2023 and 02/05/2023", "May 9, 2023 = 2023-05-09\n02/05/2023 = 2023-02-05\n");
    dates("en", NULL, "02/05/2023 for £5", "02/05/2023 = 2023-05-02\n");
    dates("en", NULL, "14/05/2023, 05/14/2023, 02/05/2023",
          "14/05/2023 = 2023-05-14\n05/14/2023 = 2023-05-14\n02/05/2023 = 2023\n");
    dates("fr", NULL, "02/05/2023", "02/05/2023 = 2023-05-02\n");
    dates("en", NULL, "05/05/2023", "05/05/2023 = 2023-05-05\n");
}

static void resolves_against_the_day_of_publication(void **unused)
{
    (void)unused;
    dates("en", "2023-05-03", "It came yesterday.", "yesterday = 2023-05-02\n");
    dates("en", "2023-05-03", "It came on Monday.", "Monday = 2023-05-01\n");
    dates("en", "2023-05-03", "It will come on Monday.", "Monday = 2023-05-08\n");
    dates("en", "2023-05-03", "It came last Wednesday.", "last Wednesday = 2023-04-26\n");
    dates("en", "2023-05-03", "It came last month.", "last month = 2023-04\n");
    dates("fr", "2023-05-03", "mardi dernier", "mardi dernier = 2023-05-02\n");
    dates("en", "2023-01-03", "On 28 December.", "28 December = 2022-12-28\n");
    dates("en", "2023-05-03", "It will end on 12 May, she said on Monday.",
          "12 May = 2023-05-12\nMonday = 2023-05-01\n");
    dates("en", "2023-05-03", "Every Monday, Monday to Friday, a Sunday market.", "");
}

static void guesses_nothing_without_it(void **unused)
{
    (void)unused;
    dates("en", NULL, "It came yesterday, last Monday.", "");
    dates("en", NULL, "It came on 28 December.", "28 December = \n");
}

static void leaves_other_numbers_alone(void **unused)
{
    (void)unused;
    dates("en", NULL, "31 June 2023, 30.2.2023, 2023-13-01, 45/45/2023", "");
    dates("en", NULL, "version 1.2.3, section 5.2.21, 24/7, 9/11, 10.0.0.1", "");
    dates("en", NULL, "They may 5 times. In May 20 people came. May 5% go.", "");
    dates("en", NULL, "https://a.example/2023/05/02/x ref-2023-05-02-a", "");
    dates("en", NULL, "In 2022 he was 2023 miles away.", "");
}

static void takes_lone_years_when_asked(void **unused)
{
    char found[512] = "", none[512] = "";

    (void)unused;
    run("In 2022, by 2030, season 2022/23; 2022 cars; in 1998 km", "en", NULL, "years=true", found,
        none, sizeof found);
    assert_string_equal(found, "2022 = 2022\n2030 = 2030\n2022/23 = 2022/2023\n");
}

/* ---- amounts ---------------------------------------------------------------------------- */

static void reads_money(void **unused)
{
    (void)unused;
    amounts("en", "£2.5 million, €3bn, $1,200.50", "2500000 GBP\n3000000000 EUR\n1200.5 USD\n");
    amounts("en", "US$5m, A$30, R$7, Rs 3 crore, EUR 40", "5000000 USD\n30 AUD\n7 BRL\n30000000 INR\n40 EUR\n");
    amounts("en", "50p or 1.1 million pounds, 20 Swiss francs", "0.5 GBP\n1100000 GBP\n20 CHF\n");
    amounts("en", "$5-a-day, a $1.5-million plan, a 5-mile walk", "5 USD\n1500000 USD\n5 mi\n");
    amounts("en", "£5.5 billion-plus, a £20m-a-year fund", "5500000000 GBP\n20000000 GBP\n");
    amounts("de", "2,5 Mio. Euro, 1.200,50 €, 3 Mrd. Euro", "2500000 EUR\n1200.5 EUR\n3000000000 EUR\n");
    amounts("fr", "30 000 €, 3 millions d'euros", "30000 EUR\n3000000 EUR\n");
    amounts("cs", "2,5 mil. Kč", "2500000 CZK\n");
    amounts("es", "2 mil millones de dólares", "2000000000 USD\n");
    amounts("de", "1 Billion Euro", "1e+12 EUR\n");
    amounts("en", "1 billion euros", "1000000000 EUR\n");
}

static void reads_shares_and_quantities(void **unused)
{
    (void)unused;
    amounts("en", "5%, 5 per cent, ten percent", "5 %\n5 %\n10 %\n");
    amounts("en", "20 km, 5km², 200 m², 30km/h, -5 °C", "20 km\n5 km²\n200 m²\n30 km/h\n-5 °C\n");
    amounts("en", "3,000 tonnes", "3000 t\n");
    amounts("de", "3.000 Tonnen", "3000 t\n");
}

static void gives_both_ends_of_a_range(void **unused)
{
    (void)unused;
    amounts("en", "£2-3 million", "2000000 GBP\n3000000 GBP\n");
    amounts("en", "from 20 to 30 per cent", "20 %\n30 %\n");
}

static void leaves_numbers_without_a_unit_alone(void **unused)
{
    (void)unused;
    amounts("en", "43 police forces, 5G, 5m people, 10 pounds of flour, 1080p, room 7", "");
    amounts("en", "a 19-year-old, a 5-year £2m plan, 10 £5 notes", "2000000 GBP\n5 GBP\n");
    amounts("en", "$ and £ and € alone, 1/2 km, 10.5.3 km", "");
}

/* ---- the tables and hostile text ------------------------------------------------------------ */

static void knows_its_words(void **unused)
{
    lexicon *l = lexicon_new();

    (void)unused;
    assert_non_null(l);
    assert_int_equal(lexicon_calendar(lexicon_lower(l, GLY_LIT("September")), CALENDAR_MONTH)->value, 9);
    assert_ptr_equal(lexicon_lower(l, GLY_LIT("ember")), &lexicon_unknown);
    lexicon_free(l);
}

static void counts_days(void **unused)
{
    int year, month, day;

    (void)unused;
    assert_int_equal(calendar_number(1970, 1, 1), 0);
    assert_int_equal(calendar_weekday(calendar_number(2023, 5, 2)), 2);
    for (int32_t n = -400000; n < 400000; n += 97) {
        calendar_date(n, &year, &month, &day);
        assert_true(calendar_is_day(year, month, day));
        assert_int_equal(calendar_number(year, month, day), n);
    }
}

/* A reader that looked on without end would not finish in a test's time. */
static void long_runs_take_linear_time(void **unused)
{
    static const char *const units[] = {
        "1", "1 ", "1,", "1,111", "2 May ", "May ", "02/05/2023 ", "$", "$1-", "Monday, ", "1-",
        "million ", "at "
    };
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH);

    (void)unused;
    assert_non_null(text);
    told.lang = "en";
    told.published = "2023-05-02";
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        harness *h = harness_new();

        for (size_t i = 0; i < LENGTH; i++)
            text[i] = units[u][i % strlen(units[u])];
        harness_stage_linked(h, &facts_plugin, NULL);
        harness_stage(h, "extract.tokens", NULL);
        harness_stage_linked(h, &gly_plugin_v0, "years=true");
        harness_run(h, "a.txt", text, LENGTH);
        assert_int_equal(harness_status(h), GLY_OK);
        harness_free(h);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_english_dates),
        cmocka_unit_test(reads_dates_of_other_languages),
        cmocka_unit_test(reads_times),
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(is_honest_about_the_order_of_digits),
        cmocka_unit_test(resolves_against_the_day_of_publication),
        cmocka_unit_test(guesses_nothing_without_it),
        cmocka_unit_test(leaves_other_numbers_alone),
        cmocka_unit_test(takes_lone_years_when_asked),
        cmocka_unit_test(reads_money),
        cmocka_unit_test(reads_shares_and_quantities),
        cmocka_unit_test(gives_both_ends_of_a_range),
        cmocka_unit_test(leaves_numbers_without_a_unit_alone),
        cmocka_unit_test(knows_its_words),
        cmocka_unit_test(counts_days),
        cmocka_unit_test(long_runs_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
