/* phrase_lists - the words themselves: data, no rules. Lower case, parted by |.
 *
 * Languages: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish,
 * Danish, Norwegian; of lines that are taken out also Polish, Russian, Arabic, Japanese
 * and Chinese. A new language adds its words to these lists. */
#include "phrases.h"

#define RULE(use, rule, words) { use, 0, rule, words }
#define LIST(use, words)       { use, 0, NULL, words }
#define MONTH(number, words)   { PHRASE_MONTH, number, NULL, words }

const phrase_list phrase_lists[] = {
    /* ---- lines that are taken out -------------------------------------------- */
    RULE(PHRASE_WHOLE, "advertisement",
         "advertisement|advertisements|advertising|advert|sponsored|sponsored content|"
         "paid content|ad|story continues below advertisement|story continues below|"
         "article continues below|article continues after advertisement|continue reading below|"
         "scroll to continue|anzeige|werbung|publicité|annonce|contenu sponsorisé|"
         "la suite après cette publicité|publicidad|anuncio|pubblicità|contenuto sponsorizzato|"
         "publicidade|continua depois da publicidade|continua após a publicidade|advertentie|"
         "annons|annonsørinnhold|reklama|реклама|広告|广告"),
    RULE(PHRASE_START, "advertisement",
         "advertisement -|advertisement –|advertisement:|article continues below|"
         "story continues below|article continues after this|artikel wird unter der anzeige|"
         "la suite après la publicité"),
    RULE(PHRASE_CAPTION, "caption",
         "photo:|photos:|photo caption:|picture caption:|image caption:|photo credit|photo by|photo via|photo from|image via|image courtesy|foto via|"
         "photograph:|photograph by|photo courtesy|image:|images:|image credit|image source|"
         "image caption|image by|picture:|pictures:|picture credit|picture by|pictured:|"
         "pictured (|pictured left|pictured right|pictured above|pictured from left|caption:|"
         "photo caption|credit:|file photo:|file image:|foto:|fotos:|bild:|bilder:|bildquelle|"
         "bildnachweis|bildunterschrift|quelle:|photo :|photos :|crédit photo|crédits photo|"
         "crédit :|légende :|© photo|imagen:|crédito:|pie de foto|foto di|immagine:|crediti:|"
         "imagem:|foto de:|legenda:|beeld:|fotograaf:|bildtext:|fotograf:|billede:|[사진|사진=|사진제공|"
         "写真|图片来源|图源|(photo:|(photo by|(image:|(picture:|(foto:|(bild:|(credit:"),
    RULE(PHRASE_WHOLE, "caption",
         "getty images|file photo|stock photo|view image in fullscreen|enlarge image|"
         "image copyright|click to enlarge|pa media|shutterstock|istock|bild vergrößern|"
         "agrandir l'image|open in full screen|view gallery"),
    RULE(PHRASE_WHOLE, "cookie",
         "accept cookies|accept all cookies|accept all|cookie settings|cookie preferences|"
         "manage cookies|reject all|cookie policy|alle akzeptieren|"
         "alle cookies akzeptieren|cookie-einstellungen|accepter les cookies|tout accepter|"
         "aceptar cookies|aceptar todo|accetta i cookie|accetta tutti|aceitar cookies|"
         "cookies accepteren|godkänn cookies"),
    RULE(PHRASE_START, "cookie",
         "this site uses cookies|this website uses cookies|we use cookies|our site uses cookies|"
         "our website uses cookies|by continuing to use this|by using this site|"
         "diese website verwendet cookies|wir verwenden cookies|diese seite verwendet cookies|"
         "ce site utilise des cookies|nous utilisons des cookies|"
         "en poursuivant votre navigation|este sitio utiliza cookies|esta web utiliza cookies|"
         "utilizamos cookies|questo sito utilizza|questo sito usa cookie|utilizziamo i cookie|"
         "este site utiliza cookies|usamos cookies|deze website gebruikt cookies|"
         "deze site gebruikt cookies|wij gebruiken cookies|vi använder cookies|"
         "vi bruger cookies|vi bruker cookies|мы используем cookie"),
    RULE(PHRASE_END, "end-mark",
         "ends|end|- ends -|-ends-|– ends –|—ends—|–ends–|- end -|-end-|*ends*|*** ends ***|"
         "// ends|###|# # #|-30-|- 30 -|ende|- ende -|-ende-|*ende*|fin|- fin -|-fin-|"
         "fin du communiqué|- fine -|-fine-|- fim -|-fim-|- einde -|-einde-|- slut -|-slut-|"
         "(ends)|(end)|(ende)|(fin)|***|* * *|end of release|end of press release|"
         "ende der pressemitteilung"),
    RULE(PHRASE_WHOLE, "label",
         "for immediate release|immediate release|for immediate use|for release|for immediate publication|"
         "not for immediate release|press release|news story|news article|news release|"
         "media release|press notice|press statement|media statement|media advisory|"
         "news advisory|pressemitteilung|presseinformation|presseaussendung|medienmitteilung|"
         "zur sofortigen veröffentlichung|communiqué|communiqué de presse|"
         "pour diffusion immédiate|nota de prensa|comunicado de prensa|comunicado|"
         "para su publicación inmediata|comunicato stampa|per diffusione immediata|"
         "comunicado de imprensa|nota de imprensa|para divulgação imediata|persbericht|"
         "pressmeddelande|pressemeddelelse|pressemelding|informacja prasowa|пресс-релиз|新闻稿|"
         "プレスリリース"),
    RULE(PHRASE_START, "label",
         "for immediate release:|for immediate release –|for immediate release -|"
         "for immediate release,|press release:|press release no|press release –|news release:|"
         "news release no|media release:|pressemitteilung nr|pressemitteilung vom|"
         "communiqué de presse –|communiqué de presse n"),
    RULE(PHRASE_WHOLE, "newsletter",
         "newsletter|newsletters|newsletter sign-up|sign up for our newsletter|"
         "subscribe to our newsletter|get our newsletter|subscribe now|sign up now|"
         "newsletter abonnieren|s'abonner à la newsletter|suscríbete|iscriviti alla newsletter|"
         "assine a newsletter|inscreva-se"),
    RULE(PHRASE_START, "newsletter",
         "sign up to our|sign up for our|sign up to receive our|subscribe to our|"
         "subscribe to the|subscribe for free|get the latest news|get our free|enter your email|"
         "enter your e-mail|your email address|join our mailing list|"
         "register for our newsletter|abonnieren sie unseren|abonnieren sie den|"
         "melden sie sich für unseren newsletter|inscrivez-vous à|abonnez-vous à|"
         "recevez notre newsletter|recevez la newsletter|suscríbete a|suscríbase a|"
         "recibe nuestro|iscriviti alla|iscriviti al|ricevi la newsletter|assine nossa|"
         "assine a nossa|inscreva-se na|meld je aan voor|schrijf je in voor|abonneer je op|"
         "prenumerera på|anmäl dig till|tilmeld dig|meld deg på"),
    RULE(PHRASE_WHOLE, "page-furniture",
         "back to top|return to top|print this page|print page|print this article|"
         "skip to content|skip to main content|skip to navigation|skip navigation|main menu|"
         "toggle navigation|show menu|log in|login|sign in|site map|sitemap|privacy policy|"
         "terms of use|terms and conditions|terms & conditions|terms of service|"
         "all rights reserved|more follows|-more-|- more -|(more)|- more follows -|load more|"
         "show more|view all|see all|close menu|search this site|you are here|loading...|"
         "leave a comment|leave a reply|post a comment|listen to this article|"
         "was this page helpful|was this article helpful|is this page useful|was this helpful|"
         "save article|nach oben|zum seitenanfang|seite drucken|drucken|zum inhalt springen|"
         "zur navigation|anmelden|impressum|datenschutz|datenschutzerklärung|"
         "alle rechte vorbehalten|haut de page|retour en haut|imprimer|aller au contenu|"
         "se connecter|mentions légales|tous droits réservés|volver arriba|imprimir|"
         "ir al contenido|iniciar sesión|aviso legal|todos los derechos reservados|torna su|"
         "stampa|vai al contenuto|accedi|note legali|tutti i diritti riservati|voltar ao topo|"
         "ir para o conteúdo|todos os direitos reservados|naar boven|afdrukken|inloggen|"
         "alle rechten voorbehouden|till toppen|skriv ut|logga in|til toppen|udskriv|log ind|"
         "skriv ut|logg inn"),
    RULE(PHRASE_START, "page-furniture",
         "all rights reserved|copyright ©|copyright (c)|© copyright|©|(c) 20|(c) 19|"
         "copyright 20|copyright 19|you are here:|alle rechte vorbehalten|tous droits réservés|"
         "todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|"
         "alle rechten voorbehouden|sie sind hier:|sie befinden sich hier|vous êtes ici|"
         "usted está aquí|sei qui:|você está aqui|u bent hier|estimated reading time|"
         "view source version on|view original content|lesezeit:|temps de lecture|"
         "tiempo de lectura|tempo di lettura|tempo de leitura|leestijd"),
    RULE(PHRASE_WHOLE, "related",
         "read more|read more here|related articles|related stories|related news|"
         "related content|related|related posts|related topics|related links|recommended|"
         "recommended stories|you may also like|you might also like|more on this story|"
         "more on this topic|more stories|more news|most read|most popular|latest news|"
         "top stories|trending|trending now|continue reading|read next|up next|see also|"
         "also read|next article|previous article|weiterlesen|mehr lesen|lesen sie auch|"
         "lesen sie mehr|mehr zum thema|meistgelesen|weitere artikel|"
         "das könnte sie auch interessieren|auch interessant|lire aussi|à lire aussi|"
         "lire la suite|sur le même sujet|articles liés|en savoir plus|les plus lus|lea también|"
         "lee también|leer más|seguir leyendo|noticias relacionadas|te puede interesar|"
         "más información|lo más leído|leggi anche|leggi di più|articoli correlati|"
         "potrebbe interessarti|leia também|leia mais|saiba mais|notícias relacionadas|"
         "veja também|mais lidas|lees ook|lees meer|lees verder|gerelateerde artikelen|"
         "meest gelezen|läs också|läs mer|läs även|læs også|læs mere|les også|les mer|"
         "читайте также|подробнее|関連記事|相关新闻|相关阅读"),
    RULE(PHRASE_START, "related",
         "read more:|read more »|read more about|read also:|also read:|read next:|see also:|"
         "related:|related story:|more:|more on this:|don't miss:|don’t miss:|watch:|listen:|"
         "more from|lesen sie auch|lesen sie mehr|mehr dazu:|mehr zum thema|weiterlesen:|"
         "auch interessant:|lire aussi|à lire aussi|lire également|à lire :|voir aussi|"
         "lea también|lee también|lea más|le puede interesar|ver también|leggi anche|"
         "leggi di più|vedi anche|leia também|leia mais|veja também|lees ook|lees meer|"
         "bekijk ook|läs också|läs mer|läs även|læs også|læs mere|les også|les mer|czytaj także|"
         "czytaj też|читайте также"),
    RULE(PHRASE_WHOLE, "share",
         "share|share this|share article|share story|share page|tweet|tweet this|"
         "share via email|email this|copy link|copy url|share options|share on|follow us|"
         "like us|teilen|artikel teilen|merken|folgen sie uns|partager|partager l'article|"
         "suivez-nous|compartir|comparte|síguenos|condividi|seguici|compartilhar|compartilhe|"
         "partilhar|siga-nos|delen|deel dit artikel|volg ons|dela|följ oss|del artikel|følg os|"
         "følg oss|udostępnij|поделиться|シェア|分享"),
    RULE(PHRASE_START, "share",
         "share this|share on|share via|share the article|share to|share:|follow us|follow @|"
         "follow:|follow me on|like us on|find us on|connect with us|click to share|"
         "tweet about this|email this|auf facebook teilen|auf twitter teilen|teilen auf|"
         "artikel teilen|folgen sie uns|folge uns|partager sur|partagez cet|suivez-nous|"
         "suivez nous|compartir en|comparte en|comparte este|síguenos|síganos|condividi su|"
         "condividi questo|seguici su|seguici|compartilhe|compartilhar no|partilhar no|siga-nos|"
         "siga o|deel op|deel dit|volg ons|dela på|dela den|följ oss|del på|følg os|følg oss"),
    RULE(PHRASE_START, "related",
         "read also|further reading:|more on this topic:|in case you missed it:|icymi:|"
         "you may also like:|you might also like:|también te puede interesar|"
         "te puede interesar|leer más|sigue leyendo:|vea también|más información:|"
         "noticia relacionada|relacionado:|a lire aussi|à lire également|a lire également|"
         "à lire sur le sujet|voir également|sur le même sujet|pour aller plus loin :|"
         "retrouvez aussi|lies auch|lesen sie hier|lesen sie dazu|mehr lesen:|siehe auch:|"
         "das könnte sie auch interessieren|hier mehr dazu|auch interessant|leggi pure|"
         "leggi tutto|guarda anche|per approfondire|potrebbe interessarti|"
         "potrebbe interessarti anche|articolo correlato|leia ainda|ler também|ler mais|veja mais|"
         "saiba mais|confira também|notícia relacionada|lees verder:|zie ook:|meer over:|"
         "ook interessant|lees hier|czytaj również|czytaj więcej|przeczytaj także|przeczytaj też|"
         "przeczytaj również|zobacz też|zobacz także|zobacz również|zobacz więcej|polecamy:|"
         "więcej na ten temat|читайте по теме|читать также|читайте ещё|читайте еще|читать далее|"
         "смотрите также|см. также|подробнее:|по теме:|материалы по теме|ранее по теме|اقرأ أيضا|"
         "اقرأ أيضًا|اقرأ أيضاً|إقرأ أيضا|إقرأ أيضاً|اقرأ المزيد|اقرأ كذلك|طالع أيضا|شاهد أيضا|"
         "شاهد أيضاً|مواضيع ذات صلة|أخبار ذات صلة|للمزيد:|あわせて読みたい|合わせて読みたい|関連記事|関連リンク|関連ニュース|"
         "続きを読む|【関連】|【関連記事】|もっと見る|相关新闻|相关阅读|相关报道|延伸阅读|阅读更多|推荐阅读|更多阅读|相關新聞|相關報導|延伸閱讀|更多新聞|閱讀更多|推薦閱讀"),
    RULE(PHRASE_START, "share",
         "auf x teilen|auf whatsapp teilen|"
         "per e-mail teilen|partagez cet article sur|retrouvez-nous sur|compártelo en|partilhe no|"
         "partilhe em|udostępnij na|podziel się na|obserwuj nas na|śledź nas na|"
         "поделиться в|следите за нами в|подписывайтесь на нас в|شارك على|شارك عبر|شاركها على|"
         "تابعنا على|مشاركة عبر|分享到|分享至|关注我们的"),
    RULE(PHRASE_START, "cookie",
         "ta strona używa plików cookie|ta strona korzysta z|używamy plików cookie|"
         "nasza strona używa|этот сайт использует|мы используем файлы cookie|"
         "сайт использует cookie|сайт использует файлы cookie|يستخدم هذا الموقع ملفات|"
         "نستخدم ملفات تعريف الارتباط|当サイトではcookie|当サイトでは、cookie|このサイトはcookie|本サイトではcookie|"
         "本网站使用cookie|我们使用cookie|本站使用cookie|本網站使用cookie|我們使用cookie"),
    RULE(PHRASE_WHOLE, "advertisement",
         "reklamy|materiał sponsorowany|на правах рекламы|إعلان|إعلانات|محتوى مدعوم|スポンサーリンク|廣告|"
         "推广|contenido patrocinado|conteúdo patrocinado"),
    RULE(PHRASE_WHOLE, "share",
         "udostępnij artykuł|podziel się|شارك|مشاركة|شارك المقال|シェアする|ツイート|ツイートする|この記事をシェア|分享到|"
         "分享本文"),
    /* what stands between an article and who has not paid, or has not signed in */
    RULE(PHRASE_INSIDE, "paywall",
         "subscribe to continue reading|subscribe to keep reading|subscribe to read|"
         "to continue reading this|to read the full article|to read the full story|"
         "to read this article in full|article is for subscribers|story is for subscribers|"
         "content is for subscribers|available to subscribers only|available only to subscribers|"
         "is only available to subscribers|for subscribers only|exclusive to subscribers|"
         "exclusively for subscribers|reserved for subscribers|already a subscriber|"
         "log in to continue|sign in to continue|sign in to read|log in to read|"
         "register to continue reading|reached your limit of|free articles left|"
         "free articles remaining|unlock this article|para seguir leyendo|para continuar leyendo|"
         "solo para suscriptores|sólo para suscriptores|exclusivo para suscriptores|"
         "exclusiva para suscriptores|exclusivo para los suscriptores|reservado a suscriptores|"
         "reservado para suscriptores|reservado a los suscriptores|ya eres suscriptor|"
         "ya es suscriptor|ya soy suscriptor|hazte suscriptor|réservé aux abonnés|"
         "réservée aux abonnés|réservés aux abonnés|réservé à nos abonnés|réservée à nos abonnés|"
         "de cet article à lire|de cet article à découvrir|déjà abonné|pour lire la suite|"
         "pour continuer la lecture|pour continuer à lire|pour poursuivre la lecture|"
         "nur für abonnenten|nur für unsere abonnenten|exklusiv für abonnenten|nur mit abo|"
         "um weiterzulesen|schon abonnent|bereits abonnent|haben bereits ein abo|"
         "um den artikel weiterzulesen|um diesen artikel zu lesen|artikel ist kostenpflichtig|"
         "kostenpflichtiger inhalt|jetzt testen und weiterlesen|riservato agli abbonati|"
         "riservata agli abbonati|riservati agli abbonati|solo per gli abbonati|solo per abbonati|"
         "per continuare a leggere|per continuare la lettura|per leggere l'articolo completo|"
         "per leggere tutto l'articolo|sei già abbonato|hai già un abbonamento|"
         "exclusivo para assinantes|exclusiva para assinantes|exclusivo para subscritores|"
         "apenas para assinantes|só para assinantes|somente para assinantes|"
         "reservado a assinantes|para continuar lendo|para continuar a ler|já é assinante|"
         "já sou assinante|assine para ler|alleen voor abonnees|exclusief voor abonnees|"
         "om verder te lezen|al abonnee|om dit artikel te lezen|tylko dla prenumeratorów|"
         "tylko dla subskrybentów|aby czytać dalej|dalsza część artykułu|masz już prenumeratę|"
         "artykuł dostępny tylko|wykup dostęp|wykup prenumeratę|только для подписчиков|"
         "только по подписке|доступно подписчикам|доступен подписчикам|доступна подписчикам|"
         "чтобы читать дальше|чтобы продолжить чтение|чтобы прочитать полностью|уже подписаны|"
         "للمشتركين فقط|حصري للمشتركين|حصرية للمشتركين|لمتابعة القراءة|اشترك لقراءة|اشترك لمتابعة|"
         "لقراءة المقال كاملا|有料会員限定|会員限定記事|会員限定の記事|この記事は有料|続きを読むには|続きをお読みいただくには|全文を読むには|"
         "全文をお読みいただくには|有料記事です|订阅后阅读|订阅后继续阅读|登录后阅读|登录后继续阅读|会员专享|仅限会员|仅限订阅用户|付费内容|付费文章|訂閱後閱讀|會員專享|"
         "訂戶專享|付費內容|登入後閱讀"),
    RULE(PHRASE_INSIDE, "comments",
         "email address will not be published|e-mail address will not be published|"
         "required fields are marked|to post a comment|logged in to comment|log in to comment|"
         "sign in to comment|log in to leave a comment|comments are closed|"
         "comments are now closed|save my name, email|notify me of follow-up comments|"
         "notify me of new posts by|be the first to comment|"
         "dirección de correo electrónico no será publicada|correo electrónico no será publicado|"
         "los campos obligatorios están marcados|los campos necesarios están marcados|"
         "iniciar sesión para comentar|inicia sesión para comentar|los comentarios están cerrados|"
         "sé el primero en comentar|adresse e-mail ne sera pas publiée|"
         "adresse email ne sera pas publiée|adresse de messagerie ne sera pas publiée|"
         "les champs obligatoires sont indiqués|connecté pour publier un commentaire|"
         "connecté pour commenter|connectez-vous pour commenter|les commentaires sont fermés|"
         "soyez le premier à commenter|soyez le premier à réagir|"
         "e-mail-adresse wird nicht veröffentlicht|erforderliche felder sind|"
         "um einen kommentar abzugeben|um einen kommentar zu schreiben|"
         "angemeldet sein, um zu kommentieren|die kommentarfunktion ist|"
         "kommentare sind geschlossen|schreiben sie den ersten kommentar|"
         "indirizzo email non sarà pubblicato|indirizzo e-mail non sarà pubblicato|"
         "i campi obbligatori sono contrassegnati|connesso per inviare un commento|"
         "l'accesso per inviare un commento|l'accesso per commentare|i commenti sono chiusi|"
         "endereço de email não será publicado|endereço de e-mail não será publicado|"
         "campos obrigatórios são marcados|campos obrigatórios marcados com|"
         "faça login para comentar|logado para comentar|os comentários estão encerrados|"
         "os comentários estão fechados|seja o primeiro a comentar|"
         "e-mailadres wordt niet gepubliceerd|vereiste velden zijn gemarkeerd|"
         "verplichte velden zijn gemarkeerd|ingelogd zijn om te reageren|log in om te reageren|"
         "ingelogd zijn om een reactie|reacties zijn gesloten|reageren is niet meer mogelijk|"
         "adres e-mail nie zostanie opublikowany|adres email nie zostanie opublikowany|"
         "wymagane pola są oznaczone|zaloguj się, aby komentować|zaloguj się, aby dodać komentarz|"
         "komentarze są wyłączone|адрес email не будет опубликован|e-mail не будет опубликован|"
         "адрес электронной почты не будет опубликован|обязательные поля помечены|"
         "чтобы оставить комментарий|чтобы комментировать|комментарии закрыты|"
         "لن يتم نشر عنوان بريدك|الحقول الإلزامية مشار إليها|تسجيل الدخول للتعليق|التعليقات مغلقة|"
         "كن أول من يعلق|メールアドレスが公開されることはありません|が付いている欄は必須項目|コメントを投稿するには|コメントは受け付けておりません|コメントするには|"
         "邮箱地址不会被公开|邮箱地址不会公开|必填项已用|登录后发表评论|要发表评论|评论已关闭|評論已關閉|必填欄位標示為"),
    RULE(PHRASE_INSIDE, "newsletter",
         "sign up for our newsletter|sign up to our newsletter|sign up for our free|"
         "sign up to our free|sign up for the newsletter|subscribe to our newsletter|"
         "subscribe to our free|subscribe to our weekly|subscribe to our daily|"
         "delivered to your inbox|straight to your inbox|direct to your inbox|join our newsletter|"
         "suscríbete a nuestra newsletter|suscríbete a nuestro boletín|"
         "suscríbase a nuestro boletín|suscríbete al boletín|suscríbete a la newsletter|"
         "en tu bandeja de entrada|apúntate a nuestra newsletter|inscrivez-vous à la newsletter|"
         "inscrivez-vous à notre newsletter|abonnez-vous à notre newsletter|"
         "abonnez-vous à la newsletter|dans votre boîte mail|dans votre boîte de réception|"
         "inscrivez-vous gratuitement à|unseren newsletter an|unseren kostenlosen newsletter|"
         "unseren newsletter abonnieren|newsletter abonnieren|zum newsletter anmelden|"
         "für unseren newsletter|in ihr postfach|in dein postfach|direkt ins postfach|"
         "iscriviti alla newsletter|iscriviti alla nostra newsletter|nella tua casella di posta|"
         "ricevi la nostra newsletter|assine nossa newsletter|assine a nossa newsletter|"
         "inscreva-se na nossa newsletter|inscreva-se na newsletter|subscreva a newsletter|"
         "subscreva a nossa newsletter|na sua caixa de entrada|in voor onze nieuwsbrief|"
         "aan voor onze nieuwsbrief|in voor de nieuwsbrief|aanmelden voor de nieuwsbrief|"
         "in je mailbox|in uw mailbox|zapisz się na newsletter|zapisz się do newslettera|"
         "zapisz się na nasz newsletter|na twoją skrzynkę|подпишитесь на рассылку|"
         "подпишитесь на нашу рассылку|подписаться на рассылку|подпишитесь на наш|"
         "подписывайтесь на наш|اشترك في نشرتنا|اشترك في النشرة|اشترك في القائمة البريدية|"
         "سجل في نشرتنا|メルマガ登録|メールマガジンに登録|メールマガジンの登録|ニュースレターに登録|订阅我们的|订阅电子报|訂閱電子報|关注我们的微信|扫码关注|"
         "掃描二維碼"),
    /* what stands where a film or a chart would, until the reader agrees */
    RULE(PHRASE_INSIDE, "cookie",
         "to view this content, please accept|you need to accept cookies|please accept cookies to|"
         "accept cookies to view|enable cookies to view|allow cookies to view|"
         "by clicking you agree to load|this content is hosted by a third party|"
         "content is blocked because|due to your privacy settings|because of your cookie settings|"
         "because of your privacy settings|external content is not available|externer inhalt|"
         "externen inhalt|externe inhalte anzeigen|ein klick für den datenschutz|"
         "deine privatsphäre-einstellungen|ihre privatsphäre-einstellungen|"
         "ihre datenschutzeinstellungen|mit der darstellung externer|dass mir externe inhalte|"
         "dass mir inhalte von|daten an drittplattformen|empfohlener redaktioneller inhalt|"
         "ce contenu est bloqué|vous n'avez pas accepté les cookies|"
         "accepter les cookies pour afficher|pour afficher ce contenu|pour visualiser ce contenu|"
         "pour voir ce contenu, vous devez accepter|l'affichage de ce contenu|"
         "para ver este contenido|para poder ver este contenido|aceptar las cookies para|"
         "has rechazado las cookies|contenido externo bloqueado|este contenido está alojado por|"
         "per vedere questo contenuto|per visualizzare questo contenuto|accetta i cookie per|"
         "contenuto esterno bloccato|questo contenuto è ospitato da|para ver este conteúdo|"
         "aceite os cookies para|este conteúdo está bloqueado|conteúdo externo bloqueado|"
         "om deze inhoud te tonen|om deze content te tonen|accepteer cookies om|"
         "deze inhoud is geblokkeerd|externe content bekijken|aby zobaczyć tę treść|"
         "zaakceptuj pliki cookie, aby|treść zewnętrzna|чтобы увидеть этот контент|"
         "чтобы посмотреть этот материал, разрешите|لعرض هذا المحتوى|このコンテンツを表示するには|cookieを許可|"
         "查看此内容需要|请允许cookie"),
    RULE(PHRASE_INSIDE, "page-furniture",
         "your browser does not support|please enable javascript|"
         "javascript is disabled|enable javascript in your browser|you need to enable javascript|"
         "activer javascript|javascript aktivieren|active javascript|activa javascript|"
         "abilita javascript|ative o javascript|включите javascript|javascriptを有効|启用javascript"),
    LIST(PHRASE_FOLLOW,
         "follow|folgen sie|folge|suivez|sigue a|volg|följ|følg"),
    LIST(PHRASE_NETWORK,
         "facebook|twitter|x|linkedin|whatsapp|pinterest|instagram|youtube|reddit|telegram|"
         "email|e-mail|flipboard|tumblr|snapchat|tiktok|bluesky|mastodon|threads|print|"
         "messenger|xing|copy link|share|tweet|teilen|partager|compartir|condividi|vk|rss"),
    LIST(PHRASE_HOME,
         "home|home page|homepage|startseite|start|accueil|inicio|portada|início|hem|forside|"
         "hjem|you are here|главная|首页|ホーム"),

    /* ---- the head of an article ------------------------------------------------ */
    LIST(PHRASE_BYLINE,
         "by|von|par|por|di|door|av|af|przez|от|di:|by:|von:|par:|par :|por:|door:|av:|af:"),
    LIST(PHRASE_AUTHOR,
         "words:|words by|text:|text by|author:|authors:|written by|reported by|story by|"
         "report by|reporting by|posted by|published by|article by|by our|autor:|autorin:|"
         "autoren:|ein artikel von|ein beitrag von|eine analyse von|ein kommentar von|"
         "verfasst von|auteur:|auteur :|auteurs :|propos recueillis par|publié par|écrit par|"
         "rédigé par|autor/a:|autora:|escrito por|redacción:|texto:|texto de|autore:|scritto da|"
         "a cura di|testo di|autores:|geschreven door|tekst:|skriven av|text av|skrevet av|"
         "skrevet af|tekst av|tekst af|автор:|文/|文：|作者：|記者"),
    LIST(PHRASE_PUBLISHED,
         "published|published on|published at|published:|company release|press release|"
         "news release|media release|pressemitteilung|first published|posted|posted on|posted:|"
         "posted at|date:|date|dated|issued|issued on|released|released on|release date|"
         "release date:|created|publication date|veröffentlicht|veröffentlicht am|erschienen|"
         "erschienen am|erstellt|erstellt am|datum|datum:|vom|publié|publié le|publiée le|"
         "date de publication|paru le|mis en ligne le|publicado|publicado el|publicado en|"
         "publicada el|fecha|fecha:|fecha de publicación|pubblicato|pubblicato il|data|data:|"
         "data di pubblicazione|publicado em|publicada em|data de publicação|gepubliceerd|"
         "gepubliceerd op|geplaatst|geplaatst op|publicerad|publicerat|publicerades|publiceret|"
         "udgivet|offentliggjort|publisert|opublikowano|data publikacji|опубликовано|дата|"
         "дата публикации|发布时间|发布于|公開日|投稿日"),
    LIST(PHRASE_MODIFIED,
         "updated|updated on|updated at|updated:|last updated|last updated on|last update|"
         "modified|last modified|last reviewed|edited|aktualisiert|aktualisiert am|"
         "zuletzt aktualisiert|zuletzt aktualisiert am|stand|stand:|letzte änderung|mis à jour|"
         "mis à jour le|mise à jour|mise à jour le|modifié le|dernière mise à jour|actualizado|"
         "actualizado el|actualizada|última actualización|aggiornato|aggiornato il|"
         "ultimo aggiornamento|modificato il|atualizado|atualizado em|atualizada em|"
         "última atualização|bijgewerkt|bijgewerkt op|laatst bijgewerkt|uppdaterad|uppdaterat|"
         "senast uppdaterad|opdateret|sidst opdateret|oppdatert|sist oppdatert|aktualizacja|"
         "обновлено|更新时间|更新日"),
    MONTH(1, "january|jan|januar|jänner|janvier|janv|enero|ene|gennaio|gen|janeiro|januari|styczeń|"
         "stycznia|января|январь|января"),
    MONTH(2, "february|feb|februar|feber|février|févr|fév|febrero|febbraio|fevereiro|fev|februari|"
         "luty|lutego|февраля|февраль"),
    MONTH(3, "march|mar|märz|mär|mrz|mars|marzo|março|maart|mrt|marts|marzec|marca|марта|март"),
    MONTH(4, "april|apr|avril|avr|abril|abr|aprile|kwiecień|kwietnia|апреля|апрель"),
    MONTH(5, "may|mai|mayo|maggio|mag|maio|mei|maj|maja|мая|май"),
    MONTH(6, "june|jun|juni|juin|junio|giugno|giu|junho|czerwiec|czerwca|июня|июнь"),
    MONTH(7, "july|jul|juli|juillet|juil|julio|luglio|lug|julho|lipiec|lipca|июля|июль"),
    MONTH(8, "august|aug|août|agosto|ago|augustus|augusti|sierpień|sierpnia|августа|август"),
    MONTH(9, "september|sept|sep|septembre|septiembre|settembre|"
             "sett|set|setembro|wrzesień|września|"
         "сентября|сентябрь"),
    MONTH(10, "october|oct|oktober|okt|octobre|octubre|ottobre|ott|outubro|out|październik|"
         "października|октября|октябрь"),
    MONTH(11, "november|nov|novembre|noviembre|novembro|listopad|listopada|ноября|ноябрь"),
    MONTH(12, "december|dec|dezember|dez|décembre|déc|diciembre|dic|dicembre|dezembro|desember|des|"
         "grudzień|grudnia|декабря|декабрь"),
    LIST(PHRASE_DATEWORD,
         "monday|mon|tuesday|tue|tues|wednesday|wed|thursday|thu|thur|thurs|friday|fri|saturday|"
         "sat|sunday|sun|montag|mo|dienstag|di|mittwoch|mi|donnerstag|do|freitag|fr|samstag|"
         "sonnabend|sa|sonntag|so|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|"
         "martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|"
         "venerdì|sabato|domenica|segunda-feira|terça-feira|quarta-feira|quinta-feira|"
         "sexta-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|måndag|tisdag|"
         "onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|poniedziałek|wtorek|"
         "środa|czwartek|piątek|sobota|niedziela|at|on|of|the|um|am|den|der|le|à|el|a las|las|"
         "il|alle|ore|em|às|op|om|kl|klo|uhr|gmt|bst|utc|cet|cest|est|edt|et|pst|pdt|cst|cdt|"
         "ist|ora|hrs|hours|h|pm|p.m|a.m|min|mins|minute|minutes|read|reading|time|ago|"
         "see all updates|show all updates"),
    LIST(PHRASE_ORDINAL, "st|nd|rd|th|er|re|º|ª|."),
    LIST(PHRASE_OF, "of|de|del|,"),
    LIST(PHRASE_PAGE, "page|p.|pg.|seite|s.|página|pagina|pág.|pag.|side|sida|strona|страница"),
    LIST(PHRASE_MONTHFIRST, "et|est|edt|pt|pst|pdt|ct|cst|cdt|mst|mdt"),
    LIST(PHRASE_DATEWORD, "pt|ct|mst|mdt"),
    LIST(PHRASE_JOINT, "and|und|et|y|e|og|och|en|i|и|with|mit|avec|con|&"),
    LIST(PHRASE_PARTICLE,
         "de|del|della|di|da|das|dos|do|van|von|der|den|ter|ten|zu|zur|la|le|du|des|al|el|bin|"
         "ben|ibn|af|av|d'|o'|st|abu|in 't|'t"),
    LIST(PHRASE_OFFICE,
         "reporter|editor|correspondent|writer|journalist|staff|columnist|contributor|producer|"
         "photographer|newsroom|desk|redakteur|redakteurin|korrespondent|korrespondentin|"
         "redaktion|journaliste|correspondant|correspondante|rédacteur|rédactrice|rédaction|"
         "redactor|redactora|redacción|corresponsal|periodista|giornalista|redazione|"
         "corrispondente|redattore|repórter|jornalista|redação|redacteur|correspondente|"
         "verslaggever|redactie|reportrar|redaktör"),
    LIST(PHRASE_EMBARGO,
         "embargo|embargoed|embargoed until|embargoed to|embargoed till|embargoed for|"
         "strictly embargoed|under embargo|embargo until|not for publication before|"
         "not for publication until|not to be published before|not for release before|"
         "not for release until|hold for release until|sperrfrist|gesperrt bis|sperrfrist bis|"
         "sous embargo|embargo jusqu|embargo hasta|embargado hasta|bajo embargo|sotto embargo|"
         "embargo fino|embargo até|sob embargo|onder embargo|embargo tot|embargo till|"
         "embargo til"),
    LIST(PHRASE_SECTION,
         "introduction|intro|key takeaways|key points|key facts|quick summary|summary|overview|"
         "at a glance|highlights|contents|table of contents|background|abstract|foreword|preface|"
         "einleitung|einführung|inhalt|inhaltsverzeichnis|zusammenfassung|überblick|auf einen blick|"
         "vorwort|das wichtigste in kürze|résumé|sommaire|en bref|avant-propos|introducción|resumen|"
         "índice|contenido|introduzione|sommario|riassunto|indice|introdução|resumo|sumário|inleiding|"
         "samenvatting|inhoud|inledning|sammanfattning|innehåll|indledning|innledning|sammendrag"),
    LIST(PHRASE_HEADLINE,
         "title:|headline:|subject:|titel:|überschrift:|schlagzeile:|betreff:|titre :|titre:|"
         "objet :|título:|asunto:|titolo:|oggetto:|assunto:|onderwerp:|rubrik:|ämne:"),

    { PHRASE_MAIL, MAIL_SUBJECT, NULL,
      "subject:|betreff:|objet :|objet:|asunto:|oggetto:|assunto:|onderwerp:|ämne:|emne:" },
    { PHRASE_MAIL, MAIL_DATE, NULL,
      "date:|sent:|datum:|gesendet:|date :|envoyé :|fecha:|enviado:|data:|verzonden:|skickat:|sendt:" },
    LIST(PHRASE_MAIL,
         "from:|to:|cc:|bcc:|reply-to:|"
         "von:|an:|de :|à :|para:|da:|van:|aan:|från:|till:|fra:|til:"),

    /* ---- below the article ------------------------------------------------------- */
    LIST(PHRASE_CONTACT,
         "contact|contacts|contact us|contact details|contact information|media contact|"
         "media contacts|press contact|press contacts|media enquiries|media inquiries|"
         "press enquiries|press inquiries|press office|press office contact|media relations|"
         "media relations contact|investor contact|investor contacts|investor relations|"
         "investor relations contact|for media enquiries|for media inquiries|"
         "for press enquiries|for press inquiries|for more information|"
         "for more information contact|for more information please contact|"
         "for more information, contact|for more information, please contact|"
         "for further information|for further information contact|"
         "for further information please contact|for further information, contact|"
         "for further information, please contact|for further details|"
         "for further details contact|for interviews|for interview requests|"
         "for all media enquiries|pr contact|company contact|news media contact|"
         "media enquiries to|issued by|released by|kind regards|best regards|warm regards|regards|best wishes|"
         "many thanks|yours sincerely|yours faithfully|mit freundlichen grüßen|beste grüße|"
         "cordialement|bien à vous|saludos cordiales|un saludo|cordiali saluti|"
         "com os melhores cumprimentos|met vriendelijke groet|med vänliga hälsningar|"
         "med venlig hilsen|med vennlig hilsen|kontakt|pressekontakt|ansprechpartner|"
         "ansprechpartnerin|ansprechpartner für medien|medienkontakt|presseanfragen|rückfragen|"
         "rückfragen an|rückfragehinweis|rückfragen bitte an|kontakt für medien|"
         "kontakt für rückfragen|für rückfragen|weitere informationen|bei rückfragen|"
         "pressestelle|contact presse|contacts presse|contact médias|contacts médias|"
         "relations presse|relations médias|service de presse|contacto|contactos|"
         "contacto de prensa|contacto para medios|contacto para la prensa|contactos de prensa|"
         "para más información|contatti|contatto|contatti stampa|contatto stampa|ufficio stampa|"
         "per informazioni|contato|contatos|contato para imprensa|assessoria de imprensa|"
         "contacto de imprensa|informações à imprensa|perscontact|contactpersoon|"
         "voor meer informatie|noot voor de pers|presskontakt|kontakta|för mer information|"
         "för ytterligare information|for yderligere information|kontakt presse|"
         "for mer informasjon|kontakt dla mediów|kontakt prasowy|контакты|контакты для прессы"),
    LIST(PHRASE_REACH,
         "tel|tel.|telephone|phone|mobile|mob|cell|cell phone|fax|email|e-mail|mail|web|website|"
         "twitter|office|direct|switchboard|out of hours|call|t:|e:|m:|w:|f:|p:|telefon|mobil|"
         "handy|telefax|internet|téléphone|tél|tél.|courriel|portable|mél|site|teléfono|móvil|"
         "correo|correo electrónico|telefono|cellulare|sito|telefone|celular|telemóvel|telefoon|"
         "mobiel|telefonnummer|e-post|epost|mejl|tlf|tlf.|тел|тел."),
    LIST(PHRASE_NOTES,
         "notes to editors|note to editors|notes to editor|note to editor|notes for editors|"
         "note for editors|editors' notes|editors’ notes|editor's notes|editor’s notes|"
         "editor's note|editor’s note|editors note|editors notes|notes to the editor|"
         "notes to journalists|notes to newsdesks|hinweis für die redaktion|"
         "hinweis an die redaktion|hinweise für redaktionen|hinweis an die redaktionen|"
         "anmerkungen für die redaktion|hinweise an die redaktionen|redaktioneller hinweis|"
         "note aux rédactions|notes aux rédactions|note aux éditeurs|notes aux éditeurs|"
         "note à la rédaction|note aux rédacteurs|notas para editores|nota para editores|"
         "nota a los editores|notas a los editores|nota para los editores|nota a los redactores|"
         "note per i redattori|nota per i redattori|note per la redazione|nota aos editores|"
         "notas aos editores|notas para os editores|noot voor de redactie|"
         "noten voor de redactie|redactionele noot|till redaktionen|anmärkning till redaktionen|"
         "til redaktionen|note til redaktionen"),
    LIST(PHRASE_ABOUT,
         "about|über|à propos de|à propos d|à propos du|à propos des|au sujet de|acerca de|"
         "sobre|informazioni su|su di|chi è|over|om"),

    /* ---- words ---------------------------------------------------------------- */
    LIST(PHRASE_COMPOUND,
         "well|ill|so|up|down|off|on|in|out|over|under|long|short|non|anti|co|re|pre|post|self|"
         "ex|full|half|part|high|low|semi|multi|inter|intra|cross|all|far|near|mid|pro|sub|"
         "super|ultra|vice|first|second|third|last|one|two|three|four|five|six|seven|eight|nine|"
         "ten|twenty|great|grand|mother|father|son|daughter|brother|sister|step|check|take|make|"
         "set|built|old|new|best|better|hard|soft|open|close|tax|rent|toll|duty|free|fast|slow|"
         "e|t|u|x|de|state|face|case|day|year|week|month|hour|check|break|follow|drop|lay|trade|"
         "run|après|avant|ci|demi|mi|sous|sur|peut|est|vis|c'est|dit|a|va|contre|entre|auto"),
    LIST(PHRASE_BELOW,
         "comments|comment|leave a reply|leave a comment|post a comment|add a comment|"
         "join the conversation|write a comment|reader comments|responses|discussion|reviews|"
         "related|related articles|related posts|related stories|related content|related news|"
         "related topics|read next|up next|recommended|recommended for you|recommended reading|"
         "you may also like|you might also like|you may also be interested|more from|"
         "more stories|more news|more on|more like this|most read|most popular|popular posts|"
         "latest news|latest stories|latest posts|recent posts|trending|top stories|"
         "editors' picks|about the author|about the authors|author bio|written by|share this|"
         "share this article|tags|filed under|topics|subscribe|newsletter|sign up|never miss|"
         "stay up to date|get the latest|follow us|kommentare|kommentar schreiben|"
         "mehr zum thema|das könnte sie auch interessieren|weitere artikel|meistgelesen|"
         "auch interessant|themen|lesen sie auch|commentaires|laisser un commentaire|"
         "sur le même sujet|à lire aussi|lire aussi|articles liés|les plus lus|comentarios|"
         "deja un comentario|noticias relacionadas|te puede interesar|lo más leído|más noticias|"
         "etiquetas|commenti|lascia un commento|articoli correlati|leggi anche|i più letti|"
         "comentários|deixe um comentário|leia também|mais lidas|reacties|lees ook|"
         "meest gelezen|gerelateerde|kommentarer|läs också|läs mer|mest læste|læs også|"
         "mest lest|les også|komentarze|czytaj także|комментарии|читайте также|yorumlar|関連記事|"
         "相关新闻|相关阅读|관련기사"),
    LIST(PHRASE_FURNITURE,
         "menu|search|login|log in|sign in|sign up|subscribe|subscription|newsletter|"
         "newsletters|cookie|cookies|privacy|terms|copyright|all rights reserved|advertisement|"
         "advertise|advertising|sponsored|share|tweet|facebook|twitter|whatsapp|linkedin|"
         "pinterest|instagram|youtube|email|print|follow us|follow|comments|comment|reply|"
         "leave a reply|related|recommended|trending|most read|popular|read more|more from|"
         "more stories|more news|see also|also read|you may also like|you might also like|"
         "latest|next article|previous|tags|tagged|categories|filed under|topics|skip to|home|"
         "about us|contact us|contact|careers|help|faq|sitemap|accessibility|download|app store|"
         "google play|view all|show more|load more|click here|back to top|photo|image|credit|"
         "getty|minutes read|min read|by|published|updated|posted on|account|cart|shop|checkout|"
         "register|edition|donate|our team|imprint|feedback|report|close|continue reading|watch|"
         "video|gallery|podcast|anmelden|abo|abonnieren|datenschutz|impressum|agb|"
         "nutzungsbedingungen|werbung|anzeige|teilen|kommentare|kommentar|suche|menü|startseite|"
         "lesen sie auch|mehr zum thema|mehr|themen|merken|drucken|kontakt|foto|quelle|weitere|"
         "meistgelesen|zum seitenanfang|registrieren|cookie-einstellungen|"
         "alle rechte vorbehalten|von|connexion|se connecter|s'abonner|abonnez-vous|abonnement|"
         "mentions légales|confidentialité|publicité|partager|commentaires|commenter|recherche|"
         "rechercher|accueil|lire aussi|à lire aussi|voir plus|sur le même sujet|contactez-nous|"
         "nous contacter|tous droits réservés|crédit|plus d'infos|suivez-nous|inscription|"
         "iniciar sesión|suscríbete|suscribirse|suscripción|aviso legal|privacidad|publicidad|"
         "compartir|comentarios|comentar|buscar|inicio|lea también|más noticias|más información|"
         "te puede interesar|relacionadas|relacionados|contacto|todos los derechos reservados|"
         "síguenos|regístrate|últimas noticias|lo más leído|accedi|abbonati|pubblicità|"
         "condividi|commenti|cerca|leggi anche|contatti|tutti i diritti riservati|seguici|"
         "iscriviti|note legali|entrar|assine|publicidade|compartilhe|compartilhar|comentários|"
         "pesquisar|leia também|leia mais|saiba mais|contato|todos os direitos reservados|siga|"
         "mais lidas|política de privacidade|termos de uso|inloggen|abonneren|delen|reacties|"
         "zoeken|lees ook|lees meer|alle rechten voorbehouden|volg ons|meest gelezen|logga in|"
         "prenumerera|dela|kommentarer|sök|läs också|läs mer|kontakta oss|annons|meny|"
         "integritetspolicy|log ind|del|læs også|annonce|søg|les også|logg inn|søk"),
    LIST(PHRASE_FURNITURE,
         "zaloguj|zaloguj się|szukaj|strona główna|udostępnij|komentarze|polityka prywatności|"
         "regulamin|subskrybuj|prenumerata|reklama|kontakt|czytaj także|czytaj więcej|giriş yap|"
         "giriş|ara|anasayfa|ana sayfa|haberler|abone ol|gizlilik|çerez politikası|paylaş|"
         "yorumlar|yorum yap|iletişim|hakkımızda|künye|son dakika|přihlásit|přihlásit se|hledat|"
         "domů|sdílet|komentáře|diskuse|předplatné|kontakty|bejelentkezés|keresés|főoldal|"
         "megosztás|hozzászólások|előfizetés|kapcsolat|impresszum|autentificare|căutare|acasă|"
         "distribuie|comentarii|abonează-te|publicitate|kirjaudu|kirjaudu sisään|haku|etusivu|"
         "jaa|kommentit|tilaa|yhteystiedot|tietosuoja|mainos|σύνδεση|αναζήτηση|αρχική|"
         "κοινοποίηση|σχόλια|επικοινωνία|όροι χρήσης|увійти|пошук|головна|новини|поділитися|"
         "коментарі|контакти|masuk|daftar|cari|beranda|bagikan|komentar|langganan|"
         "kebijakan privasi|tentang kami|hubungi kami|đăng nhập|tìm kiếm|trang chủ|chia sẻ|"
         "bình luận|liên hệ|quảng cáo|الرئيسية|اتصل بنا|بحث|تسجيل الدخول|مشاركة|سياسة الخصوصية|"
         "إعلان|من نحن|اشترك|خانه|جستجو|ورود|تماس با ما|درباره ما|कॉपीराइट|होम|खोजें|संपर्क|"
         "विज्ञापन|लॉगिन|войти|поиск|реклама|поделиться|комментарии|подписаться|читайте также|"
         "контакты|все права защищены|подробнее|главная|новости|ログイン|検索|会員登録|メニュー|関連記事|シェア|"
         "プライバシーポリシー|利用規約|お問い合わせ|登录|搜索|首页|分享|相关|版权|联系我们|로그인|검색|기사|공유|구독"),
};

const uint32_t phrase_list_count = sizeof phrase_lists / sizeof phrase_lists[0];
