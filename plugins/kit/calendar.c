/* calendar - word lists of dates in twenty languages, and day arithmetic. */
#include "kit/calendar.h"

#include <stddef.h>

#include "kit/words.h"

const uint32_t calendar_either_order_languages = 1u << LANGUAGE_EN;

const calendar_list calendar_lists[] = {
    { CALENDAR_MONTH, 1, 0, 0, "january januar jänner janvier enero gennaio janeiro januari "
      "tammikuuta tammikuussa tammikuu stycznia styczeń styczniu ledna leden lednu ianuarie január "
      "ocak января январь січня ιανουαρίου gener siječnja" },
    { CALENDAR_MONTH, 2, 0, 0, "february februar feber février febrero febbraio fevereiro februari "
      "helmikuuta helmikuussa helmikuu lutego luty lutym února únor únoru februarie február şubat "
      "февраля февраль лютого φεβρουαρίου febrer veljače" },
    { CALENDAR_MONTH, 3, 0, 0, "märz marzo março maart marts maaliskuuta maaliskuussa maaliskuu marca "
      "marzec marcu března březen březnu martie március mart марта март березня μαρτίου març ožujka" },
    { CALENDAR_MONTH, 3, CALENDAR_PROPER, 0, "march mars" },
    { CALENDAR_MONTH, 4, 0, 0, "april avril abril aprile huhtikuuta huhtikuussa huhtikuu kwietnia "
      "kwiecień kwietniu dubna duben dubnu aprilie április nisan апреля апрель квітня απριλίου "
      "travnja" },
    { CALENDAR_MONTH, 5, 0, 0, "mai mayo maggio maio mei maj toukokuuta toukokuussa toukokuu maja maju "
      "května květen květnu május mayıs мая май травня μαΐου maig svibnja" },
    { CALENDAR_MONTH, 5, CALENDAR_PROPER, 0, "may" },
    { CALENDAR_MONTH, 6, 0, 0, "june juni juin junio giugno junho kesäkuuta kesäkuussa kesäkuu czerwca "
      "czerwiec czerwcu června červen červnu iunie június haziran июня июнь червня ιουνίου juny "
      "lipnja" },
    { CALENDAR_MONTH, 7, 0, 0, "july juli juillet julio luglio julho heinäkuuta heinäkuussa heinäkuu "
      "lipca lipiec lipcu července červenec červenci iulie július temmuz июля июль липня ιουλίου "
      "juliol srpnja" },
    { CALENDAR_MONTH, 8, 0, 0, "august août agosto augustus augusti elokuuta elokuussa elokuu sierpnia "
      "sierpień sierpniu srpna srpen srpnu augusztus ağustos августа август серпня αυγούστου agost "
      "kolovoza" },
    { CALENDAR_MONTH, 9, 0, 0, "september septembre septiembre setiembre settembre setembro syyskuuta "
      "syyskuussa syyskuu września wrzesień wrześniu září septembrie szeptember eylül сентября "
      "сентябрь вересня σεπτεμβρίου setembre rujna" },
    { CALENDAR_MONTH, 10, 0, 0, "october oktober octobre octubre ottobre outubro lokakuuta lokakuussa "
      "lokakuu października październik październiku října říjen říjnu octombrie október ekim "
      "октября октябрь жовтня οκτωβρίου listopad" },
    { CALENDAR_MONTH, 11, 0, 0, "november novembre noviembre novembro marraskuuta marraskuussa "
      "marraskuu listopada listopadzie listopadu noiembrie kasım ноября ноябрь листопада νοεμβρίου "
      "studenoga" },
    { CALENDAR_MONTH, 12, 0, 0, "december dezember décembre diciembre dicembre dezembro desember "
      "joulukuuta joulukuussa joulukuu grudnia grudzień grudniu prosince prosinec prosinci "
      "decembrie aralık декабря декабрь грудня δεκεμβρίου desembre prosinca" },
    { CALENDAR_MONTH, 1, CALENDAR_SHORT, 0, "janv" },
    { CALENDAR_MONTH, 1, CALENDAR_SHORT | CALENDAR_PROPER, 0, "jan ene gen" },
    { CALENDAR_MONTH, 2, CALENDAR_SHORT, 0, "feb febr févr fév fev" },
    { CALENDAR_MONTH, 3, CALENDAR_SHORT, 0, "mrt mär" },
    { CALENDAR_MONTH, 3, CALENDAR_SHORT | CALENDAR_PROPER, 0, "mar" },
    { CALENDAR_MONTH, 4, CALENDAR_SHORT, 0, "apr avr abr" },
    { CALENDAR_MONTH, 6, CALENDAR_SHORT, 0, "jun" },
    { CALENDAR_MONTH, 6, CALENDAR_SHORT | CALENDAR_PROPER, 0, "giu" },
    { CALENDAR_MONTH, 7, CALENDAR_SHORT, 0, "jul juil lug" },
    { CALENDAR_MONTH, 8, CALENDAR_SHORT, 0, "aug" },
    { CALENDAR_MONTH, 8, CALENDAR_SHORT | CALENDAR_PROPER, 0, "ago" },
    { CALENDAR_MONTH, 9, CALENDAR_SHORT, 0, "sep sept" },
    { CALENDAR_MONTH, 9, CALENDAR_SHORT | CALENDAR_PROPER, 0, "set" },
    { CALENDAR_MONTH, 10, CALENDAR_SHORT, 0, "oct okt ott" },
    { CALENDAR_MONTH, 10, CALENDAR_SHORT | CALENDAR_PROPER, 0, "out" },
    { CALENDAR_MONTH, 11, CALENDAR_SHORT, 0, "nov" },
    { CALENDAR_MONTH, 12, CALENDAR_SHORT, 0, "dec dez déc dic" },

    { CALENDAR_WEEKDAY, 1, 0, 0, "monday montag lundi lunes lunedì segunda-feira maandag måndag mandag "
      "maanantaina poniedziałek pondělí понедельник" },
    { CALENDAR_WEEKDAY, 2, 0, 0, "tuesday dienstag mardi martes martedì terça-feira dinsdag tisdag "
      "tirsdag tiistaina wtorek úterý вторник" },
    { CALENDAR_WEEKDAY, 3, 0, 0, "wednesday mittwoch mercredi miércoles mercoledì quarta-feira woensdag "
      "onsdag keskiviikkona środa středa среда" },
    { CALENDAR_WEEKDAY, 4, 0, 0, "thursday donnerstag jeudi jueves giovedì quinta-feira donderdag "
      "torsdag torstaina czwartek čtvrtek четверг" },
    { CALENDAR_WEEKDAY, 5, 0, 0, "friday freitag vendredi viernes venerdì sexta-feira vrijdag fredag "
      "perjantaina piątek pátek пятница" },
    { CALENDAR_WEEKDAY, 6, 0, 0, "saturday samstag sonnabend samedi sábado sabato zaterdag lördag "
      "lørdag lauantaina sobota суббота" },
    { CALENDAR_WEEKDAY, 7, 0, 0, "sunday sonntag dimanche domingo domenica zondag söndag søndag "
      "sunnuntaina niedziela neděle воскресенье" },
    { CALENDAR_WEEKDAY, 1, CALENDAR_SHORT | CALENDAR_PROPER, 0, "mon mo" },
    { CALENDAR_WEEKDAY, 2, CALENDAR_SHORT | CALENDAR_PROPER, 0, "tue tues di" },
    { CALENDAR_WEEKDAY, 3, CALENDAR_SHORT | CALENDAR_PROPER, 0, "wed weds mi" },
    { CALENDAR_WEEKDAY, 4, CALENDAR_SHORT | CALENDAR_PROPER, 0, "thu thur thurs do" },
    { CALENDAR_WEEKDAY, 5, CALENDAR_SHORT | CALENDAR_PROPER, 0, "fri fr" },
    { CALENDAR_WEEKDAY, 6, CALENDAR_SHORT | CALENDAR_PROPER, 0, "sat sa" },
    { CALENDAR_WEEKDAY, 7, CALENDAR_SHORT | CALENDAR_PROPER, 0, "sun so" },

    { CALENDAR_SEASON, 0, 0, 0, "spring summer autumn winter frühjahr frühling sommer herbst printemps "
      "été automne hiver primavera verano otoño invierno estate autunno inverno verão outono "
      "voorjaar lente zomer herfst" },
    { CALENDAR_QUARTER, 1, CALENDAR_PROPER, 0, "q1" },
    { CALENDAR_QUARTER, 2, CALENDAR_PROPER, 0, "q2" },
    { CALENDAR_QUARTER, 3, CALENDAR_PROPER, 0, "q3" },
    { CALENDAR_QUARTER, 4, CALENDAR_PROPER, 0, "q4" },

    { CALENDAR_DAY, -1, 0, 0, "yesterday gestern ayer ieri ontem gisteren igår wczoraj včera вчера" },
    { CALENDAR_DAY, -1, 0, 1u << LANGUAGE_FR, "hier" },
    { CALENDAR_DAY, 0, 0, 0, "today tonight heute aujourd'hui hoy oggi hoje vandaag idag dzisiaj dnes "
      "сегодня" },
    { CALENDAR_DAY, 1, 0, 0, "tomorrow demain domani amanhã imorgon jutro zítra завтра" },
    { CALENDAR_DAY, -2, 0, 0, "vorgestern avant-hier anteayer eergisteren" },
    { CALENDAR_DAY, 2, 0, 0, "übermorgen après-demain overmorgen" },

    { CALENDAR_WHICH, -1, 0, 0, "last letzten letzter letztes vergangenen vergangener vergangenes "
      "vorigen voriges vorige afgelopen" },
    { CALENDAR_WHICH, 1, 0, 0, "next nächsten nächster nächstes kommenden kommender volgende" },
    { CALENDAR_WHICH, 0, 0, 0, "this diesen dieser dieses deze" },
    { CALENDAR_WHICH_AFTER, -1, 0, 0, "dernier dernière pasado pasada scorso scorsa passado passada" },
    { CALENDAR_WHICH_AFTER, 1, 0, 0, "prochain prochaine próximo próxima prossimo prossima" },
    { CALENDAR_PERIOD, 1, 0, 0, "month monat mois mes mese mês maand" },
    { CALENDAR_PERIOD, 12, 0, 0, "year jahr jahres année an año anno ano jaar" },

    { CALENDAR_ORDINAL, 0, 0, 0, "st nd rd th er e ème º ª ste de" },
    { CALENDAR_OF, 0, 0, 0, "of de del di den del' do dia" },
    { CALENDAR_TO, 0, 0, 0, "to bis au al tot until till through a à até til" },
    { CALENDAR_AND, 0, 0, 0, "and und et y e en och og" },
    { CALENDAR_AT, 0, 0, 0, "at on um am le la las alle às om op à a los el il les den ab från v в o" },
    { CALENDAR_IN, 0, 0, 0, "in since by during until before after from en im seit ab bis depuis "
      "dès desde dal nel em sinds" },
    { CALENDAR_EVERY, 0, 0, 0, "every each jeden jeder chaque cada ogni elke iedere varje hver" },
    { CALENDAR_CLOCK, 0, 0, 0, "am" },
    { CALENDAR_CLOCK, 12, 0, 0, "pm" },
    { CALENDAR_CLOCK, 1, 0, 0, "uhr h hrs heures horas ore uur hours kl klo klokken godz" },
    { CALENDAR_FUTURE, 0, 0, 0, "will shall 'll wird werden sera seront va vont se será serán sarà "
      "saranno serão vai zal zullen ska vil" },
    { (calendar_kind)0, 0, 0, 0, NULL }
};

const calendar_signs calendar_signs_of[] = {
    { "年", "月", "日" }, { "년", "월", "일" }, { NULL, NULL, NULL }
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int calendar_month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month - 1] + (month == 2 && is_leap(year));
}

bool calendar_is_day(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= calendar_month_days(year, month);
}

/* Years that begin in March, in eras of 400, as H. Hinnant's "chrono-compatible
 * low-level date algorithms" count them. */
int32_t calendar_number(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void calendar_date(int32_t number, int *year, int *month, int *day)
{
    int n = number + 719468;
    int era = (n >= 0 ? n : n - 146096) / 146097;
    int of_era = n - era * 146097;
    int years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * years + years / 4 - years / 100);
    int shifted = (5 * of_year + 2) / 153;

    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = years + era * 400 + (*month <= 2);
}

int calendar_weekday(int32_t number)
{
    int from_thursday = ((number % 7) + 7) % 7; /* 1970-01-01 was one */

    return (from_thursday + 3) % 7 + 1;
}
