/* Which blocks of a page clean.html keeps, and of what kind; why the others go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../../tests/harness/harness.h"

extern const gly_plugin gly_plugin_v0;

/* Two paragraphs that any reader would take for an article. */
#define LONG_A \
    "The town council agreed on Tuesday to rebuild the old swimming pool, which has been shut " \
    "since the storm, and to open it again before the summer."
#define LONG_B \
    "Work will begin in March, the mayor said, and will cost about two million pounds, most of " \
    "which comes from a fund for small towns along the coast."
#define LONG_C \
    "Swimmers had asked for years that the pool be mended, and more than four thousand of them " \
    "signed a letter to the mayor, who said that she would swim there first."
#define BODY "<p>" LONG_A "</p><p>" LONG_B "</p>"

static void run(harness **h, const gly_doc **d, const char *options, const char *page)
{
    *h = harness_new();
    harness_stage_linked(*h, &gly_plugin_v0, options);
    *d = harness_run(*h, "a.html", page, strlen(page));
    assert_int_equal(harness_status(*h), GLY_OK);
}

static void expect(const char *options, const char *page, const char *text)
{
    harness *h;
    const gly_doc *d;

    run(&h, &d, options, page);
    if (d->text.len != strlen(text) || memcmp(d->text.ptr, text, d->text.len) != 0)
        fail_msg("'%.*s' instead of '%s'", (int)d->text.len, d->text.ptr, text);
    harness_free(h);
}

static void keeps_the_article(void **unused)
{
    (void)unused;
    expect(NULL, "", "");
    expect(NULL, "<p></p><div> </div>", "");
    expect(NULL, "<html><head><title>Pool</title></head><body><nav><a href=/>Home</a> "
           "<a href=/news>News</a></nav><article><h1>Pool to open</h1>" BODY "</article>"
           "<footer>Copyright 2024, all rights reserved</footer></body></html>",
           LONG_A "\n\n" LONG_B);
    expect("title=true", "<article><h1>Pool to open<a href=#pool>&para;</a></h1>" BODY "<h2>Paths<a href=#paths>\u00B6</a></h2><p>"
           LONG_C "</p></article>", "Pool to open\n\n" LONG_A "\n\n" LONG_B "\n\nPaths\n\n" LONG_C);
    expect("title=true", "<article><h1>Pool to open</h1>" BODY "</article>",
           "Pool to open\n\n" LONG_A "\n\n" LONG_B);
}

/* A menu in a cell beside the article's is none of a table's cells. */
static void leaves_cells_that_lay_out(void **unused)
{
    (void)unused;
    expect(NULL, "<table><tr><td><a href=/>Home</a><br><a href=/v>Visit us</a><br><a href=/c>Contact</a></td><td>The history of our old swimming pool" BODY
           "<table><tr><td>Year<td>Swimmers<tr><td>1991<td>812</table><p>" LONG_C "</p></td></tr></table>",
           "The history of our old swimming pool\n\n" LONG_A "\n\n" LONG_B "\n\nYear\tSwimmers\n1991\t812\n\n" LONG_C);
}

static void resolves_references_and_space(void **unused)
{
    (void)unused;
    expect(NULL, "<article><p>The  council&#8217;s plan\n for Smith &amp; Sons,&nbsp;which <b>was</b> "
           "<i>late</i>, failed&shy;.<br>It will be made again next year, the mayor said.</p>"
           BODY "</article>",
           "The council\u2019s plan for Smith & Sons, which was late, failed.\nIt will be made again "
           "next year, the mayor said.\n\n" LONG_A "\n\n" LONG_B);
}

static void expect_kinds(const char *page, const char *kinds)
{
    harness *h;
    const gly_doc *d;
    const gly_layer *blocks;
    char found[256] = "";

    run(&h, &d, NULL, page);
    blocks = gly_layer_of(d, "block/1");
    for (uint32_t i = 0; i < GLY_COUNT(blocks); i++) {
        const gly_block *b = &GLY_RECORDS(blocks, gly_block)[i];

        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s%u", i ? " " : "",
                 gly_block_kinds[b->type], b->level);
    }
    if (strcmp(found, kinds) != 0)
        fail_msg("'%s' instead of '%s' in '%.*s'", found, kinds, (int)d->text.len, d->text.ptr);
    harness_free(h);
}

static void tells_kinds(void **unused)
{
    (void)unused;
    expect_kinds("<article>" BODY "<h2>What happens next</h2><p>" LONG_C "</article>",
                 "paragraph0 paragraph0 heading2 paragraph0");
    expect_kinds("<article>" BODY "<ul><li>The first thing that the council will do is to pay.</li>"
                 "<li>The second thing is to wait, and then to build.</li></ul>"
                 "<blockquote><p>This is a good day for the town and for all who love to swim, and "
                 "for their children.</p></blockquote></article>",
                 "paragraph0 paragraph0 item1 item1 quote0");
    expect_kinds("<article>" BODY "<table><tr><th>Year</th><th>Visitors to the pool</th></tr>"
                 "<tr><td>2022</td><td>12,000 people came</td></tr></table><p>" LONG_C "</article>",
                 "paragraph0 paragraph0 table0 paragraph0");
}

/* An empty cell, one over two columns and a line break in one move no column. */
static void keeps_columns(void **unused)
{
    (void)unused;
    expect(NULL, "<article>" BODY "<table><tr><th></th><th>2022</th><th>2023</th></tr><tr><td>Swimmers<br>of all ages</td>"
           "<td>812</td><td>940</td></tr><tr><td>Divers</td><td>&nbsp;</td><td>31</td></tr>"
           "<tr><td colspan=2>All who came</td><td>971</td></tr></table><p>" LONG_C "</p></article>",
           LONG_A "\n\n" LONG_B "\n\n\t2022\t2023\nSwimmers of all ages\t812\t940\nDivers\t\t31\n"
           "All who came\t\t971\n\n" LONG_C);
}

static void keeps_formulas_in_their_lines(void **unused)
{
    (void)unused;
    expect(NULL, "<article>" BODY "<p>The area of the new pool is <math><mi>a</mi><mo>=</mo><msup><mi>r</mi><mn>2</mn>"
           "</msup></math> or so, the builder says, and nobody has asked him why.</p></article>",
           LONG_A "\n\n" LONG_B "\n\nThe area of the new pool is a=r2 or so, the builder says, and nobody has asked him why.");
}

static void expect_note(const char *page, const char *note)
{
    harness *h;
    const gly_doc *d;

    run(&h, &d, NULL, page);
    assert_int_equal(d->nnotes, 1);
    if (!strstr(d->notes[0].text.ptr, note))
        fail_msg("'%.*s' instead of '%s'", (int)d->notes[0].text.len, d->notes[0].text.ptr, note);
    harness_free(h);
}

static void says_why_there_is_no_text(void **unused)
{
    (void)unused;
    expect_note("<title>t</title><frameset cols=20,80><frame src=menu.html><frame src='main.html?a&amp;b'></frameset>",
                "no text: a page of frames; what it shows is in other files: 'menu.html', 'main.html?a&amp;b'");
    expect_note("<div id=root></div><script src=app.js></script>", "no text: a script was to show it");
    expect_note("<p> &nbsp; </p>", "no text: ");
    expect_note("", "no text: the file is empty");
}

static const char *rule_of(const gly_doc *d, const char *words)
{
    const gly_layer *removed = gly_layer_of(d, "removed/1");
    static char rule[32];

    for (uint32_t i = 0; i < GLY_COUNT(removed); i++) {
        const gly_removed *r = &GLY_RECORDS(removed, gly_removed)[i];
        gly_str text = gly_slice(d->views[removed->view].text, r->at);

        if (text.len >= strlen(words) && memcmp(text.ptr, words, strlen(words)) == 0) {
            snprintf(rule, sizeof rule, "%.*s", (int)r->rule.len, r->rule.ptr);
            return rule;
        }
    }
    return "none";
}

static void names_what_goes(void **unused)
{
    static const char page[] =
        "<body><nav class=menu><a href=/>Home</a></nav><article><h1>Pool</h1>" BODY
        "<div class=newsletter-signup>Sign up to our newsletter and get the news each day</div>"
        "<figure><img src=x><figcaption>The pool in 1987. Photo: A. Other</figcaption></figure>"
        "<p class=wp-caption-text>The mayor, second from left, and those who signed the letter stand at the old pool.</p>" BODY
        "<div class=share-bar><a href=x>Facebook</a></div></article>"
        "<section id=comments><p>I swam there as a child.</p></section>"
        "<footer><p>Copyright The Courier, all rights reserved</p></footer></body>";
    harness *h;
    const gly_doc *d;

    (void)unused;
    run(&h, &d, NULL, page);
    assert_string_equal(rule_of(d, "Home"), "navigation");
    assert_string_equal(rule_of(d, "Sign up"), "newsletter");
    assert_string_equal(rule_of(d, "The pool in 1987"), "caption");
    assert_string_equal(rule_of(d, "The mayor, second"), "caption");
    assert_string_equal(rule_of(d, "Facebook"), "share");
    assert_string_equal(rule_of(d, "I swam"), "comments");
    assert_string_equal(rule_of(d, "Copyright"), "footer");
    assert_string_equal(rule_of(d, LONG_A), "repeat");
    harness_free(h);
}

/* Of a body given twice the one that is shown stays; one that is all hidden does. */
static void hidden_text(void **unused)
{
    harness *h;
    const gly_doc *d;

    (void)unused;
    expect(NULL, "<article><div hidden><p>" LONG_A "</p></div>" BODY "<p>" LONG_C "</p></article>",
           LONG_A "\n\n" LONG_B "\n\n" LONG_C);
    expect(NULL, "<article><div style='display:none'>" BODY "<p>" LONG_C "</p></div></article>",
           LONG_A "\n\n" LONG_B "\n\n" LONG_C);
    run(&h, &d, NULL, "<article>" BODY "<p aria-hidden=true>" LONG_C "</p><p>" LONG_A " Again.</p></article>");
    assert_string_equal(rule_of(d, "Swimmers had asked"), "hidden");
    harness_free(h);
}

static void maps_back(void **unused)
{
    static const char page[] = "<article>" BODY "</article>";
    harness *h;
    const gly_doc *d;
    uint32_t at;

    (void)unused;
    run(&h, &d, NULL, page);
    at = (uint32_t)(strstr(LONG_A, "swimming") - LONG_A);
    assert_int_equal(d->views[d->current].nsegs, 2);
    for (uint32_t i = 0; i < d->views[d->current].nsegs; i++) {
        const gly_seg *s = &d->views[d->current].segs[i];

        assert_memory_equal(d->text.ptr + s->here, page + s->there, s->len);
    }
    assert_memory_equal(page + d->views[d->current].segs[0].there + at, "swimming", 8);
    harness_free(h);
}

/* Lines made like the article's, by what they say, in the languages of most news. */
static const struct { const char *rule, *line; } notices[] = {
    { "related", "<b>Read also:</b> <a href=/x>Why the pool was shut</a>" },
    { "related", "Lea también: <a href=/x>Por qué cerró la piscina</a>" },
    { "related", "Lire aussi : Pourquoi la piscine a fermé" },
    { "related", "&Agrave; lire &eacute;galement&nbsp;: <a href=/x>La piscine</a>" },
    { "related", "Lesen Sie auch: <a href=/x>Warum das Bad zu ist</a>" },
    { "related", "Mehr zum Thema: Das alte Bad" },
    { "related", "Leggi anche: <a href=/x>La piscina chiusa</a>" },
    { "related", "Leia também: <a href=/x>A piscina fechada</a>" },
    { "related", "Lees ook: <a href=/x>Waarom het bad dicht is</a>" },
    { "related", "Czytaj także: <a href=/x>Stary basen</a>" },
    { "related", "Читайте также: <a href=/x>Старый бассейн</a>" },
    { "related", "اقرأ أيضا: <a href=/x>المسبح القديم</a>" },
    { "related", "【関連記事】古いプールの話" },
    { "related", "延伸阅读：<a href=/x>旧泳池的故事</a>" },
    { "paywall", "Subscribe to continue reading." },
    { "paywall", "This article is for subscribers." },
    { "paywall", "Suscríbase para seguir leyendo este artículo." },
    { "paywall", "Il vous reste 65 % de cet article à lire." },
    { "paywall", "La suite est réservée aux abonnés." },
    { "paywall", "Dieser Text ist nur für Abonnenten lesbar." },
    { "paywall", "Articolo riservato agli abbonati" },
    { "paywall", "Conteúdo exclusivo para assinantes" },
    { "paywall", "Dit artikel is alleen voor abonnees." },
    { "paywall", "Artykuł tylko dla prenumeratorów" },
    { "paywall", "Материал доступен только для подписчиков" },
    { "paywall", "هذا المقال للمشتركين فقط" },
    { "paywall", "この記事は会員限定記事です。" },
    { "paywall", "全文仅限会员" },
    { "comments", "Your email address will not be published. Required fields are marked *" },
    { "comments", "Tu dirección de correo electrónico no será publicada." },
    { "comments", "Votre adresse e-mail ne sera pas publiée." },
    { "comments", "Deine E-Mail-Adresse wird nicht veröffentlicht." },
    { "comments", "Il tuo indirizzo email non sarà pubblicato." },
    { "comments", "O seu endereço de email não será publicado." },
    { "comments", "Je e-mailadres wordt niet gepubliceerd." },
    { "comments", "Twój adres e-mail nie zostanie opublikowany." },
    { "comments", "Ваш адрес email не будет опубликован." },
    { "comments", "لن يتم نشر عنوان بريدك الإلكتروني." },
    { "comments", "メールアドレスが公開されることはありません。" },
    { "comments", "您的邮箱地址不会被公开。" },
    { "newsletter", "Sign up for our newsletter and read what happens in town." },
    { "newsletter", "Suscríbete a nuestra newsletter" },
    { "newsletter", "Inscrivez-vous à notre newsletter du matin" },
    { "newsletter", "Melden Sie sich für unseren Newsletter an." },
    { "newsletter", "Iscriviti alla newsletter del mattino" },
    { "newsletter", "Assine nossa newsletter" },
    { "newsletter", "Schrijf je in voor onze nieuwsbrief" },
    { "newsletter", "Zapisz się na newsletter" },
    { "newsletter", "Подпишитесь на нашу рассылку" },
    { "newsletter", "اشترك في نشرتنا اليومية" },
    { "newsletter", "メールマガジンに登録する" },
    { "newsletter", "订阅我们的每日新闻" },
    { "share", "Share on Facebook" },
    { "share", "Compartir en Facebook" },
    { "share", "Partager sur X" },
    { "share", "Auf Facebook teilen" },
    { "share", "Condividi su WhatsApp" },
    { "share", "Udostępnij na Facebooku" },
    { "share", "Поделиться в Телеграме" },
    { "share", "شارك على فيسبوك" },
    { "share", "シェアする" },
    { "share", "分享到微博" },
    { "cookie", "We use cookies to remember you." },
    { "cookie", "Wir verwenden Cookies." },
    { "cookie", "Używamy plików cookie." },
    { "cookie", "本网站使用Cookie。" },
    { "advertisement", "Advertisement" },
    { "advertisement", "Anzeige" },
    { "advertisement", "На правах рекламы" },
    { "advertisement", "إعلان" },
    { "cookie", "Externer Inhalt nicht verfügbar. Deine Privatsphäre-Einstellungen verhindern das Laden." },
    { "cookie", "Ce contenu est bloqué car vous n'avez pas accepté les cookies." },
    { NULL, /* what only opens alike stays */
      "Read also of the swimmers, the letter said, and of what they have done for the town." },
    { NULL, "Related questions were put off until the autumn, when the council meets again." },
    { NULL, "Lire aussi les lettres des nageurs demande du temps, disait la mairie." },
    { NULL, "The paper asked its subscribers how often they swim, and one in three said each week." },
    { NULL, "Share prices of the builder rose by a tenth on Wednesday morning in London." },
    { NULL, "More than a hundred people had written by Friday, most of them in favour." },
    { NULL, "She wrote a newsletter about the pool for thirty years." },
};

static void expect_notice(const char *rule, const char *line)
{
    char page[2000];
    harness *h;
    const gly_doc *d;
    const gly_layer *removed;
    const gly_removed *r;

    snprintf(page, sizeof page, "<article><p>%s</p><p>%s</p><p>%s</p><p>%s</p></article>", LONG_A, LONG_B, line, LONG_C);
    run(&h, &d, NULL, page);
    removed = gly_layer_of(d, "removed/1");
    r = GLY_COUNT(removed) ? GLY_RECORDS(removed, gly_removed) : NULL;
    if (GLY_COUNT(removed) != (rule != NULL) || (rule && (r->rule.len != strlen(rule) || memcmp(r->rule.ptr, rule, r->rule.len) != 0)))
        fail_msg("'%s' is %.*s", line, r ? (int)r->rule.len : 4, r ? r->rule.ptr : "kept");
    harness_free(h);
}

static void takes_notices_out(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++)
        expect_notice(notices[i].rule, notices[i].line);
    expect("comments=true", "<article>" BODY "<p>" LONG_C "</p></article><div class=comments><p>I learnt to swim there and I am glad.</p>"
           "<p>Your email address will not be published.</p></div>",
           LONG_A "\n\n" LONG_B "\n\n" LONG_C "\n\nI learnt to swim there and I am glad.");
}

/* A few lines beside a long notice, or beside a menu. */
/* Lines are looked at up to a number of bytes, which may end inside of a character. */
static void cuts_lines_between_characters(void **unused)
{
    enum { WORDS = 28 };
    static const char word[] = " яяяяяяя";
    char page[WORDS * sizeof word + 64], text[WORDS * sizeof word + 2];

    (void)unused;
    for (int ahead = 0; ahead < 2; ahead++) {
        int length = snprintf(text, sizeof text, "%.*s", ahead + 1, "aaa");

        for (int i = 0; i < WORDS; i++)
            length += snprintf(text + length, sizeof text - (size_t)length, "%s", word + (i == 0));
        snprintf(page, sizeof page, "<article><p>%s</p></article>", text);
        expect(NULL, page, text);
    }
}

static void keeps_little_rather_than_what_surrounds_it(void **unused)
{
    (void)unused;
    expect(NULL, "<div role=dialog id=consent><h2>We value your privacy</h2><p>We and our 812 partners store and read cookies "
           "on your device and process personal data for advertising, for measurement and to learn about those who "
           "read us.</p><p>With your consent we and our partners may use the place where you are. You may click to "
           "consent to what we do as is described above.</p></div><div class=teaser><h1>The pool is to open again</h1>"
           "<p>The swimming pool will be rebuilt before the summer, the town council says.</p></div>",
           "The swimming pool will be rebuilt before the summer, the town council says.");
    expect(NULL, "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>"
           "<main><h1>News</h1><div class=teaser><h2><a href=/1>The pool is to open again</a></h2>"
           "<p>It is rebuilt before the summer.</p></div></main>",
           "The pool is to open again\n\nIt is rebuilt before the summer.");
}

/* What a short article is beside does not make it doubtful. */
static void leaves_many_comments_out(void **unused)
{
    enum { COMMENTS = 100 };
    static const char comment[] = "<div class=comment><p>We swam there %d times, and so did all of us.</p></div>";
    char *page = malloc(COMMENTS * sizeof comment + COMMENTS * 8 + 2000), *end = page;

    (void)unused;
    assert_non_null(page);
    end += sprintf(end, "<article><h1>Pool to open</h1><p>%s</p><p>%s</p></article><div class=list>", LONG_A, LONG_B);
    for (int i = 0; i < COMMENTS; i++)
        end += sprintf(end, comment, i);
    sprintf(end, "</div>");
    expect(NULL, page, LONG_A "\n\n" LONG_B);
    free(page);
}

static void follows_options(void **unused)
{
    static const char page[] =
        "<article>" BODY "<p>See the <a href='/plan.pdf?a=1&amp;b=2'>plan of the new pool</a> that the "
        "council has shown to the public, and what people have said about it since.</p></article>"
        "<div id=comments><p>I swam there as a child and would like to swim there again.</p></div>";

    (void)unused;
    expect("links=true", page, LONG_A "\n\n" LONG_B "\n\nSee the plan of the new pool "
           "</plan.pdf?a=1&b=2> that the council has shown to the public, and what people have said "
           "about it since.");
    expect("images=true", "<article><h1>The pool</h1><div class=share><a href=#>Share on Facebook</a></div><figure>"
           "<img alt='The old pool'><figcaption>Photo: Ann Other</figcaption></figure>" BODY "</article>",
           "[The old pool]\n\n" LONG_A "\n\n" LONG_B);
    expect("comments=true", page, LONG_A "\n\n" LONG_B "\n\nSee the plan of the new pool that the "
           "council has shown to the public, and what people have said about it since.\n\n"
           "I swam there as a child and would like to swim there again.");
}

static void carry_repeated(const char *part, size_t times)
{
    size_t length = strlen(part);
    char *bytes = malloc(length * times);
    harness *h = harness_new();

    assert_non_null(bytes);
    for (size_t i = 0; i < times; i++)
        memcpy(bytes + i * length, part, length);
    harness_stage_linked(h, &gly_plugin_v0, NULL);
    harness_run(h, "a.html", bytes, length * times);
    assert_int_equal(harness_status(h), GLY_OK);
    harness_free(h);
    free(bytes);
}

/* What is not linear would not end in a test's time. */
static void takes_linear_time(void **unused)
{
    static const char *const hostile[] = {
        "<div>", "<", "<p>a", "<table><tr><td>a", "<ul><li>a", "<a href=x>a", "a<br><br>", "&",
        "<p>one two three four five six seven eight nine ten eleven twelve thirteen fourteen, fifteen",
        "<script type=application/ld+json>{\"articleBody\":\"",
    };

    (void)unused;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        carry_repeated(hostile[i], 200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_article), cmocka_unit_test(leaves_cells_that_lay_out),
        cmocka_unit_test(resolves_references_and_space),
        cmocka_unit_test(tells_kinds), cmocka_unit_test(keeps_columns), cmocka_unit_test(keeps_formulas_in_their_lines),
        cmocka_unit_test(says_why_there_is_no_text), cmocka_unit_test(names_what_goes),
        cmocka_unit_test(hidden_text), cmocka_unit_test(maps_back), cmocka_unit_test(follows_options),
        cmocka_unit_test(takes_notices_out), cmocka_unit_test(keeps_little_rather_than_what_surrounds_it),
        cmocka_unit_test(leaves_many_comments_out), cmocka_unit_test(cuts_lines_between_characters),
        cmocka_unit_test(takes_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
