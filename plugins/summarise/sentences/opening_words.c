/* opening_words - phrases at the start of a sentence, by language.
 *
 * LEANS: pronouns and connectives that need the sentence before. PLAIN: longer
 * phrases that begin like one of these and need nothing ("this week"). SPEAKS:
 * the first person. ABOUT: a company on itself. NOTICE: what is said to the reader of the page. Apostrophes
 * are the typewriter's, as in term/1. */
#include "summarise/sentences/opening.h"

const opening_line opening_lines[] = {
    { "en", OPENING_LEANS,
      "regardless unsurprisingly not_surprisingly he she it they this that these those his her "
      "hers its their theirs him them himself herself "
      "itself themselves such both neither another others it's he's she's they're that's "
      "they've he'd she'd they'll it'll " },
    { "en", OPENING_LEANS,
      "however but and so yet also then thus therefore moreover furthermore meanwhile instead "
      "nevertheless nonetheless besides still or nor plus hence indeed otherwise finally firstly "
      "secondly thirdly lastly similarly likewise consequently accordingly subsequently additionally "
      "conversely afterwards too again elsewhere alternatively" },
    { "en", OPENING_LEANS,
      "in_addition in_particular in_turn in_fact in_contrast in_response in_return in_other_words "
      "as_a_result as_such as_well by_contrast by_then by_comparison by_that for_example for_instance "
      "for_this for_that for_these for_his for_her for_their for_its for_them for_him of_course "
      "of_these of_those "
      "of_this of_them at_the_same at_this at_that at_these on_the_other on_this on_that on_top "
      "to_that to_this to_these to_them with_this with_that with_these with_those with_them "
      "despite_this despite_that despite_these despite_his despite_her despite_their despite_it "
      "after_that after_this after_these since_then until_then from_this "
      "from_that from_these from_them in_this in_that in_these in_those in_it in_them during_this "
      "during_that during_these because_of_this because_of_that under_this under_these "
      "because_of_these "
      "among_them among_these among_those some_of_these some_of_them some_of_those many_of_these "
      "many_of_them many_of_those most_of_these most_of_them one_of_them one_of_these "
      "all_of_these all_of_them "
      "all_this all_these all_that all_those even_so even_then if_so if_not that_said like_this "
      "like_that "
      "on_his on_her in_his in_her "
      "the_answer the_pair the_duo the_trio the_two the_latter the_former the_same the_other "
      "the_others "
      "to_do_this to_do_so to_do_that what's_more then_there there_he there_she there_they "
      "when_he when_she when_they while_he while_she if_he if_she if_they as_he as_she as_they "
      "only_then at_which which_is who_is" },
    { "en", OPENING_PLAIN,
      "this_week this_month this_year this_morning this_afternoon this_evening this_spring "
      "this_summer this_autumn this_fall this_winter this_weekend this_season this_monday this_tuesday "
      "this_wednesday this_thursday this_friday this_saturday this_sunday this_january this_february "
      "this_march this_april this_may this_june this_july this_august this_september this_october "
      "this_november this_december these_days both_the so_far in_his_own also_known "
      "still_life plus_size on_this_day another_of" },
    { "en", OPENING_SPEAKS,
      "i we my our us me i'm i've we're we've we'll i'll you your" },
    { "en", OPENING_NOTICE,
      "click_here click_on listen_here listen_now listen_to_the watch_live tune_in read_more "
      "read_the_full read_also see_also follow_us sign_up scroll_down "
      "share_this subscribe_to subscribe_now for_more_information for_further_information "
      "for_more_details for_further_details for_media_enquiries for_press_enquiries to_find_out "
      "find_out_more find_out_who find_out_how find_out_what find_out_why for_a_chance "
      "to_learn_more learn_more please_contact please_note please_visit contact_us visit_our "
      "visit_www like_us join_us download_the watch_the_video media_playback copyright photo_by "
      "photograph_by image_by picture_by image_copyright image_caption video_caption "
      "all_rights_reserved "
      "this_article_was this_article_is this_story_was this_story_has this_website this_page "
      "this_content_was this_is_a_press "
      "we_use_cookies by_clicking by_subscribing enter_your thank_you_for get_the_latest "
      "advertisement editor's_note notes_to_editors about_the_author if_you_would "
      "if_you_have_any anyone_with_information tickets_are tickets_cost to_book to_register to_apply" },

    { "en", OPENING_ABOUT, "leading provider headquartered specialises specializes subsidiary founded" },

    { "de", OPENING_LEANS,
      "er sie es dies diese dieser dieses diesem diesen sein seine seiner seinem seinen ihr "
      "ihre ihrer ihrem "
      "ihren ihm ihnen ihn beide solche jener jene jenes dabei dazu damit dafür daher deshalb "
      "deswegen darum "
      "davon danach daraufhin dagegen hingegen jedoch aber doch denn und oder zudem außerdem "
      "allerdings dennoch trotzdem auch ebenso so inzwischen unterdessen ferner somit folglich also "
      "dort hier dann derweil schließlich wiederum darüber daran darauf darin daraus dadurch "
      "hierbei hierzu "
      "hierfür stattdessen gleichwohl indes indessen nämlich sonst weiter weiterhin letztlich "
      "erstens zweitens drittens überdies vielmehr währenddessen gleichzeitig zugleich anschließend "
      "seitdem seither zuvor davor solches derartige ebenfalls" },
    { "de", OPENING_LEANS,
      "nicht_etwa endlich_wieder das_ist das_sei das_war das_hat das_wäre das_wird das_sind "
      "das_könnte das_habe das_sagte das_soll "
      "das_bedeutet das_heißt das_gilt das_geht das_teilte das_zeigt das_macht zum_beispiel "
      "im_gegensatz "
      "in_diesem in_dieser aus_diesem aus_dieser zu_diesem zu_dieser nach_diesem nach_dieser "
      "bei_diesem bei_dieser mit_diesem mit_dieser für_diese für_diesen auf_diese auf_dieser "
      "von_diesem "
      "von_dieser von_diesen trotz_dieser im_übrigen unter_anderem aus_seiner "
      "aus_ihrer in_seiner in_seinem in_ihrer in_ihrem mit_seiner mit_ihrer nach_seiner nach_ihrer "
      "bei_seiner bei_ihrer im_anschluss darüber_hinaus die_beiden" },
    { "de", OPENING_PLAIN,
      "diese_woche diesen_montag diesen_dienstag diesen_mittwoch diesen_donnerstag diesen_freitag "
      "diesen_samstag diesen_sonntag in_diesem_jahr in_dieser_woche in_diesem_monat in_diesem_sommer "
      "in_diesem_winter in_diesem_herbst in_diesem_frühjahr dieses_jahr diesen_sommer diesen_winter" },
    { "de", OPENING_SPEAKS, "ich wir mein meine unser unsere uns mich mir" },
    { "de", OPENING_NOTICE,
      "mehr_dazu lesen_sie mehr_zum hier_klicken weitere_informationen für_weitere_informationen "
      "weitere_infos klicken_sie melden_sie folgen_sie abonnieren_sie pressekontakt rückfragen "
      "für_rückfragen foto bild quelle alle_rechte dieser_artikel_erschien dieser_text_erschien "
      "mit_material" },

    { "de", OPENING_ABOUT, "führender führende führenden anbieter gegründet gegründete tochtergesellschaft" },

    { "fr", OPENING_LEANS,
      "il elle ils elles ce cela ceci ça cette cet ces son sa ses leur leurs lui eux celui celle ceux "
      "celles ainsi aussi mais et ou or donc car puis ensuite cependant pourtant toutefois néanmoins "
      "enfin c'est c'était s'il qu'il d'où d'ailleurs l'un "
      "parallèlement également autrement finalement alors là pareillement inversement dès_lors "
      "celui-ci celle-ci ceux-ci celles-ci ceux-là celui-là" },
    { "fr", OPENING_LEANS,
      "en_effet par_ailleurs en_outre de_plus en_revanche par_exemple au_contraire à_cet à_cette "
      "dans_ce dans_cette dans_ces dans_son dans_sa pour_cela pour_ce pour_cette de_même "
      "c'est_pourquoi "
      "en_particulier en_conséquence par_conséquent par_contre à_son à_sa selon_lui selon_elle "
      "selon_eux "
      "malgré_cela malgré_ce de_son de_sa depuis_lors pour_lui pour_elle pour_eux pour_autant du_coup "
      "à_l'inverse dans_le_même en_même_temps de_ce de_cette avec_ce avec_cette après_cela "
      "tous_deux toutes_deux les_deux tout_cela" },
    { "fr", OPENING_PLAIN,
      "cette_semaine cette_année cet_été cet_hiver cet_automne ce_printemps ce_matin ce_soir ce_mois "
      "ce_week-end ce_lundi ce_mardi ce_mercredi ce_jeudi ce_vendredi ce_samedi ce_dimanche "
      "cette_nuit" },
    { "fr", OPENING_SPEAKS, "je nous mon ma mes notre nos j'ai " },
    { "fr", OPENING_NOTICE,
      "lire_aussi à_lire lire_la_suite cliquez_ici pour_plus_d'informations "
      "pour_en_savoir abonnez-vous suivez-nous inscrivez-vous contact_presse tous_droits "
      "crédit_photo voir_aussi partager_sur plus_d'informations " },

    { "fr", OPENING_ABOUT, "leader spécialisée spécialisé filiale fondée fondé" },

    { "es", OPENING_LEANS,
      "él ella ellos ellas esto este esta estos estas eso ese esa esos esas aquello aquel "
      "aquella su sus "
      "lo pero y o además así también entonces luego sino aunque_este mientras_tanto ambos ambas "
      "asimismo igualmente finalmente posteriormente ello dicho dicha dichos dichas" },
    { "es", OPENING_LEANS,
      "sin_embargo no_obstante por_eso por_ello por_tanto por_otro por_otra por_ejemplo "
      "por_lo_tanto en_cambio de_hecho "
      "en_este en_esta en_ese en_esa en_estos en_estas de_este de_esta a_este a_esta con_este "
      "con_esta con_ello "
      "para_ello en_su en_consecuencia en_concreto a_pesar_de de_esa de_ese tras_ello tras_esto "
      "al_mismo_tiempo" },
    { "es", OPENING_PLAIN,
      "esta_semana este_año este_mes este_lunes este_martes este_miércoles este_jueves este_viernes "
      "este_sábado este_domingo esta_mañana esta_tarde esta_noche este_verano este_invierno" },
    { "es", OPENING_SPEAKS, "yo nosotros nosotras mi mis nuestro nuestra nuestros nuestras" },
    { "es", OPENING_NOTICE, "más_información lee_también leer_más haz_clic síguenos suscríbete para_más_información" },

    { "pt", OPENING_LEANS,
      "ele ela eles elas isto isso este esta estes estas esse essa esses essas aquele aquela "
      "aquilo seu "
      "sua seus suas mas e ou porém contudo entretanto todavia portanto assim também então ambos ambas "
      "aliás finalmente depois nesse nessa neste nesta nesses nessas desse dessa deste desta "
      "já_ele já_ela "
      "igualmente logo" },
    { "pt", OPENING_LEANS,
      "no_entanto além_disso por_isso por_outro por_exemplo em_seu em_sua apesar_disso com_isso "
      "para_isso ao_mesmo_tempo por_sua_vez de_acordo_com_ele segundo_ele segundo_ela para_ele "
      "para_ela "
      "a_esse a_este a_essa com_esse com_essa em_seguida mesmo_assim" },
    { "pt", OPENING_PLAIN, "nesta_semana neste_ano neste_mês esta_semana este_ano nesta_segunda-feira "
      "nesta_terça-feira nesta_quarta-feira nesta_quinta-feira nesta_sexta-feira neste_sábado "
      "neste_domingo "
      "nesta_segunda nesta_terça nesta_quarta nesta_quinta nesta_sexta" },
    { "pt", OPENING_SPEAKS, "eu nós meu minha nosso nossa" },
    { "pt", OPENING_NOTICE, "leia_mais leia_também saiba_mais clique_aqui para_mais_informações" },

    { "it", OPENING_LEANS,
      "lui lei egli ella esso essa essi esse loro questo questa questi queste quello quella "
      "quelli quelle "
      "ciò suo sua suoi sue ma e però inoltre tuttavia quindi così anche infatti dunque poi "
      "allora invece "
      "entrambi entrambe infine pertanto comunque" },
    { "it", OPENING_LEANS,
      "per_questo in_particolare in_questo in_questa ad_esempio per_esempio nel_frattempo "
      "di_conseguenza "
      "in_realtà al_contrario nello_stesso a_questo a_questa con_questo" },
    { "it", OPENING_PLAIN, "questa_settimana questo_mese quest'anno questa_mattina questa_sera" },
    { "it", OPENING_SPEAKS, "io noi mio mia nostro nostra" },
    { "it", OPENING_NOTICE, "leggi_anche per_maggiori_informazioni per_ulteriori_informazioni clicca_qui" },

    { "nl", OPENING_LEANS,
      "hij zij ze dit dat deze die zijn haar hun maar en ook daarnaast daarom echter bovendien "
      "toch dus "
      "vervolgens daarbij hiermee daarmee daarvoor daardoor hierdoor hierbij intussen ondertussen "
      "tegelijkertijd verder daarna toen hierna eveneens beide of zo" },
    { "nl", OPENING_LEANS, "in_deze in_dit in_die op_deze op_dit bij_deze met_deze aan_de_andere het_is het_was" },
    { "nl", OPENING_PLAIN, "deze_week deze_maand dit_jaar deze_zomer deze_winter dit_weekend" },
    { "nl", OPENING_NOTICE, "lees_ook lees_meer klik_hier voor_meer_informatie" },

    { "sv", OPENING_LEANS, "han hon den det de detta denna dessa hans hennes dess deras men och också dock "
      "därför därmed dessutom samtidigt sedan så" },
    { "da", OPENING_LEANS, "han hun den det de dette denne disse hans hendes deres men og også dog derfor "
      "dermed desuden samtidig siden så" },
    { "nb", OPENING_LEANS, "han hun den det de dette denne disse hans hennes deres men og også likevel derfor "
      "dermed dessuten samtidig siden så" },
    { "pl", OPENING_LEANS, "on ona ono oni one to ten ta te ci jego jej ich ale i a oraz jednak dlatego "
      "ponadto także również tymczasem więc zatem potem" },
    { "ru", OPENING_LEANS, "он она оно они это этот эта эти его её их но и а также однако поэтому кроме_того "
      "при_этом тем_не_менее затем тогда между_тем" },
    { "uk", OPENING_LEANS, "він вона воно вони це цей ця ці його її їх але і й а також однак проте тому "
      "крім_того при_цьому" },
    { "tr", OPENING_LEANS, "o bu şu onlar bunlar onun bunun ancak ama fakat ve ayrıca böylece öte_yandan" },
    { "", OPENING_PLAIN, NULL }
};
