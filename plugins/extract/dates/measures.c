/* measures - scales, currencies (ISO 4217) and units in several languages. */
#include "measures.h"

#include <stddef.h>

#include "kit/words.h"

#define IN(code) (1u << LANGUAGE_##code)

/* Where a million million is called a billion. */
#define LONG_SCALE (IN(DE) | IN(FR) | IN(ES) | IN(IT) | IN(NL) | IN(SV) | IN(DA) | IN(NB) | IN(PL))

const uint32_t measure_comma_languages =
    IN(DE) | IN(FR) | IN(ES) | IN(IT) | IN(PT) | IN(NL) | IN(SV) | IN(DA) | IN(NB) | IN(FI) | IN(PL) |
    IN(CS) | IN(RO) | IN(HU) | IN(TR) | IN(RU) | IN(UK) | IN(EL) | IN(CA) | IN(ID) | IN(VI) | IN(BG) |
    IN(HR);

const uint32_t measure_tight_languages = IN(EN);
const uint32_t measure_nation_first_languages = IN(EN);

const measure_list measure_lists[] = {
    { MEASURE_NUMBER, 1, NULL, 0, "one eine einer un une una uno um uma één" },
    { MEASURE_NUMBER, 2, NULL, 0, "two zwei deux dos due dois duas twee två" },
    { MEASURE_NUMBER, 3, NULL, 0, "three drei trois tres tre três drie" },
    { MEASURE_NUMBER, 4, NULL, 0, "four vier quatre cuatro quattro quatro fyra fire" },
    { MEASURE_NUMBER, 5, NULL, 0, "five fünf cinq cinco cinque vijf fem" },
    { MEASURE_NUMBER, 6, NULL, 0, "six sechs seis sei zes sex seks" },
    { MEASURE_NUMBER, 7, NULL, 0, "seven sieben sept siete sette sete zeven sju syv" },
    { MEASURE_NUMBER, 8, NULL, 0, "eight acht huit ocho otto oito åtta otte" },
    { MEASURE_NUMBER, 9, NULL, 0, "nine neun neuf nueve nove negen nio ni" },
    { MEASURE_NUMBER, 10, NULL, 0, "ten zehn dix diez dieci dez tien tio ti" },
    { MEASURE_NUMBER, 11, NULL, 0, "eleven elf onze once undici" },
    { MEASURE_NUMBER, 12, NULL, 0, "twelve zwölf douze doce dodici doze twaalf" },
    { MEASURE_NUMBER, 13, NULL, 0, "thirteen dreizehn treize" },
    { MEASURE_NUMBER, 14, NULL, 0, "fourteen vierzehn quatorze" },
    { MEASURE_NUMBER, 15, NULL, 0, "fifteen fünfzehn quinze quince quindici vijftien" },
    { MEASURE_NUMBER, 16, NULL, 0, "sixteen sechzehn seize" },
    { MEASURE_NUMBER, 17, NULL, 0, "seventeen siebzehn" },
    { MEASURE_NUMBER, 18, NULL, 0, "eighteen achtzehn" },
    { MEASURE_NUMBER, 19, NULL, 0, "nineteen neunzehn" },
    { MEASURE_NUMBER, 20, NULL, 0, "twenty zwanzig vingt veinte venti vinte twintig" },
    { MEASURE_NUMBER, 30, NULL, 0, "thirty dreißig trente treinta trenta trinta dertig" },
    { MEASURE_NUMBER, 40, NULL, 0, "forty vierzig quarante cuarenta quaranta quarenta veertig" },
    { MEASURE_NUMBER, 50, NULL, 0, "fifty fünfzig cinquante cincuenta cinquanta vijftig" },
    { MEASURE_NUMBER, 60, NULL, 0, "sixty sechzig soixante sesenta sessanta zestig" },
    { MEASURE_NUMBER, 70, NULL, 0, "seventy siebzig setenta settanta zeventig" },
    { MEASURE_NUMBER, 80, NULL, 0, "eighty achtzig ochenta ottanta tachtig" },
    { MEASURE_NUMBER, 90, NULL, 0, "ninety neunzig noventa novanta negentig" },

    { MEASURE_SCALE, 1e2, NULL, 0, "hundred" },
    { MEASURE_SCALE, 1e3, NULL, 0, "thousand k tausend tsd mille mila duizend tusen tys tysięcy тыс "
      "тысяч tisíc tuhatta tuhat ribu ezer" },
    { MEASURE_SCALE, 1e3, NULL, IN(ES) | IN(PT) | IN(CA), "mil" },
    { MEASURE_SCALE, 1e3, NULL, IN(RO), "mii" },
    { MEASURE_SCALE, 1e5, NULL, 0, "lakh lakhs" },
    { MEASURE_SCALE, 1e6, NULL, 0, "million millions m mn mio millionen millón millones milione "
      "milioni milhão milhões miljoen mln miljon miljoner millioner milionów miliony млн миллионов "
      "milionů milionu miljoonaa miljoona milj milyon milioane milion milions milió juta millió "
      "εκατ εκατομμύρια" },
    { MEASURE_SCALE, 1e6, NULL, IN(CS), "mil" },
    { MEASURE_SCALE, 1e7, NULL, 0, "crore crores" },
    { MEASURE_SCALE, 1e9, NULL, 0, "bn mrd milliarde milliarden milliard milliards mds md miliardo "
      "miliardi mld miljard miljarder milliarder mia miliardów bilhão bilhões млрд миллиардов "
      "miliard miliardy miljardia miljardi milyar miliarde miliar milliárd δισ δισεκατομμύρια" },
    { MEASURE_SCALE, 1e12, NULL, LONG_SCALE, "billion billions billionen billones billón bilioni "
      "biljoen biljoner" },
    { MEASURE_SCALE, 1e9, NULL, 0, "billion billions" },
    { MEASURE_SCALE, 1e12, NULL, 0, "trillion trillions tn" },

    { MEASURE_CURRENCY, 1, "EUR", 0, "euro euros d'euros евро euroa ευρώ avro" },
    { MEASURE_CURRENCY, 1, "USD", 0, "dollar dollars us-dollar us-dollars dólares dollari dólar доллар долларов" },
    { MEASURE_CURRENCY, 1, "GBP", 0, "pfund sterling libras sterline ponden" },
    { MEASURE_CURRENCY, 1, "JPY", 0, "yen" },
    { MEASURE_CURRENCY, 1, "CNY", 0, "yuan renminbi" },
    { MEASURE_CURRENCY, 1, "INR", 0, "rs rupee rupees" },
    { MEASURE_CURRENCY, 1, "CHF", 0, "franken fr" },
    { MEASURE_CURRENCY, 1, "RUB", 0, "rouble roubles ruble rubles rubel рублей рубля" },
    { MEASURE_CURRENCY, 1, "PLN", 0, "złoty złotych zł zloty zlotys" },
    { MEASURE_CURRENCY, 1, "CZK", 0, "kč korun koruna" },
    { MEASURE_CURRENCY, 1, "HUF", 0, "forint forints" },
    { MEASURE_CURRENCY, 1, "BRL", 0, "reais" },
    { MEASURE_CURRENCY, 1, "UAH", 0, "hryvnia hryvnias грн гривень" },
    { MEASURE_CURRENCY, 1, "IDR", 0, "rp rupiah" },
    { MEASURE_CURRENCY, 1, "TRY", IN(TR), "lira" },
    { MEASURE_CURRENCY, 1, "SEK", IN(SV), "kr kronor krona" },
    { MEASURE_CURRENCY, 1, "DKK", IN(DA), "kr kroner krone" },
    { MEASURE_CURRENCY, 1, "NOK", IN(NB), "kr kroner krone" },
    { MEASURE_CURRENCY, 1e6, "SEK", IN(SV), "mkr" },
    { MEASURE_CODE, 1, "EUR", 0, "eur" }, { MEASURE_CODE, 1, "USD", 0, "usd" },
    { MEASURE_CODE, 1, "GBP", 0, "gbp" }, { MEASURE_CODE, 1, "CHF", 0, "chf" },
    { MEASURE_CODE, 1, "JPY", 0, "jpy" }, { MEASURE_CODE, 1, "CNY", 0, "cny rmb" },
    { MEASURE_CODE, 1, "SEK", 0, "sek" }, { MEASURE_CODE, 1, "NOK", 0, "nok" },
    { MEASURE_CODE, 1, "DKK", 0, "dkk" }, { MEASURE_CODE, 1, "PLN", 0, "pln" },
    { MEASURE_CODE, 1, "CZK", 0, "czk" }, { MEASURE_CODE, 1, "HUF", 0, "huf" },
    { MEASURE_CODE, 1, "AUD", 0, "aud" }, { MEASURE_CODE, 1, "CAD", 0, "cad" },
    { MEASURE_CODE, 1, "NZD", 0, "nzd" }, { MEASURE_CODE, 1, "INR", 0, "inr" },
    { MEASURE_CODE, 1, "BRL", 0, "brl" }, { MEASURE_CODE, 1, "ZAR", 0, "zar" },
    { MEASURE_CODE, 1, "HKD", 0, "hkd" }, { MEASURE_CODE, 1, "SGD", 0, "sgd" },
    { MEASURE_CODE, 1, "KRW", 0, "krw" }, { MEASURE_CODE, 1, "MXN", 0, "mxn" },
    { MEASURE_CODE, 1, "TRY", 0, "try" }, { MEASURE_CODE, 1, "RUB", 0, "rub" },
    { MEASURE_CODE, 1, "ILS", 0, "ils nis" }, { MEASURE_CODE, 1, "THB", 0, "thb" },
    { MEASURE_CODE, 1, "AED", 0, "aed" }, { MEASURE_CODE, 1, "SAR", 0, "sar" },
    { MEASURE_CODE, 1, "PKR", 0, "pkr" }, { MEASURE_CODE, 1, "NGN", 0, "ngn" },
    { MEASURE_CODE, 1, "KES", 0, "kes ksh" }, { MEASURE_CODE, 1, "UAH", 0, "uah" },
    { MEASURE_CODE, 1, "RON", 0, "ron" }, { MEASURE_CODE, 1, "ISK", 0, "isk" },
    { MEASURE_CODE, 1, "IDR", 0, "idr" }, { MEASURE_CODE, 1, "MYR", 0, "myr" },
    { MEASURE_CODE, 1, "PHP", 0, "php" }, { MEASURE_CODE, 1, "VND", 0, "vnd" },
    { MEASURE_PENCE, 0.01, "GBP", IN(EN), "p pence" },
    { MEASURE_POUNDS, 1, "GBP", 0, "pound pounds" },

    { MEASURE_NATION, 1, "USD", 0, "us american américains" },
    { MEASURE_NATION, 1, "CAD", 0, "canadian canadiens" },
    { MEASURE_NATION, 1, "AUD", 0, "australian australiens" },
    { MEASURE_NATION, 1, "NZD", 0, "zealand" },
    { MEASURE_NATION, 1, "CHF", 0, "swiss suisses schweizer svizzeri" },
    { MEASURE_NATION, 1, "MXN", 0, "mexican" },
    { MEASURE_NATION, 1, "PKR", 0, "pakistani" },
    { MEASURE_NATION, 1, "SEK", 0, "swedish" },
    { MEASURE_NATION, 1, "DKK", 0, "danish" },
    { MEASURE_NATION, 1, "NOK", 0, "norwegian" },
    { MEASURE_NATION, 1, "GBP", 0, "british" },
    { MEASURE_COIN, 1, NULL, 0, "francs franc pesos kronor kroner krona krone franchi" },
    { MEASURE_PER, 1, NULL, 0, "per pour por" },
    { MEASURE_CENT, 1, NULL, 0, "cent ciento cento" },
    { MEASURE_PERCENT, 1, "%", 0, "percent prozent procent pct procento процентов prosent "
      "prosenttia persen proc" },

    { MEASURE_UNIT, 1, "km", 0, "km kilometre kilometres kilometer kilometers kilómetros kilomètres "
      "chilometri quilómetros quilômetros" },
    { MEASURE_UNIT, 1, "m", 0, "metre metres meter meters mètres metros metri" },
    { MEASURE_UNIT, 1, "cm", 0, "cm centimetre centimetres centimeter centimeters zentimeter" },
    { MEASURE_UNIT, 1, "mm", 0, "mm millimetre millimetres millimeter millimeters" },
    { MEASURE_UNIT, 1, "mi", 0, "mile miles meilen" },
    { MEASURE_UNIT, 1, "ft", 0, "ft feet" },
    { MEASURE_UNIT, 1, "yd", 0, "yards" },
    { MEASURE_UNIT, 1, "mph", 0, "mph" },
    { MEASURE_UNIT, 1, "km/h", 0, "kph kmh" },
    { MEASURE_UNIT, 1, "kg", 0, "kg kilo kilos kilogram kilograms kilogramm kilogrammes" },
    { MEASURE_UNIT, 1, "g", 0, "gram grams gramm grammes" },
    { MEASURE_UNIT, 1, "mg", 0, "mg milligrams" },
    { MEASURE_UNIT, 1, "t", 0, "tonne tonnes tonnen toneladas tonnellate ton" },
    { MEASURE_UNIT, 1, "l", 0, "litre litres liter liters litros litri" },
    { MEASURE_UNIT, 1, "ml", 0, "ml millilitres milliliters" },
    { MEASURE_UNIT, 1, "ha", 0, "ha hectare hectares hektar hectáreas ettari hectaren" },
    { MEASURE_UNIT, 1, "acre", 0, "acre acres" },
    { MEASURE_UNIT, 1, "bbl", 0, "barrels barils" },
    { MEASURE_UNIT, 1, "kW", 0, "kw kilowatt kilowatts" },
    { MEASURE_UNIT, 1, "MW", 0, "mw megawatt megawatts" },
    { MEASURE_UNIT, 1, "GW", 0, "gw gigawatt gigawatts" },
    { MEASURE_UNIT, 1, "kWh", 0, "kwh" }, { MEASURE_UNIT, 1, "MWh", 0, "mwh" },
    { MEASURE_UNIT, 1, "GWh", 0, "gwh" }, { MEASURE_UNIT, 1, "TWh", 0, "twh" },
    { MEASURE_UNIT, 1, "GB", 0, "gb gigabytes" }, { MEASURE_UNIT, 1, "TB", 0, "tb terabytes" },
    { MEASURE_UNIT, 1, "m²", 0, "m2 qm sqm" }, { MEASURE_UNIT, 1, "km²", 0, "km2 qkm" },
    { MEASURE_AREA, 1, "m", 0, "m" },
    { (measure_kind)0, 0, NULL, 0, NULL }
};

const measure_sign measure_signs[] = {
    { "$", "US", "USD" }, { "$", "A", "AUD" },  { "$", "AU", "AUD" }, { "$", "C", "CAD" },
    { "$", "CA", "CAD" }, { "$", "NZ", "NZD" }, { "$", "HK", "HKD" }, { "$", "S", "SGD" },
    { "$", "R", "BRL" },  { "$", "NT", "TWD" }, { "$", "MX", "MXN" }, { "$", NULL, "USD" },
    { "£", NULL, "GBP" }, { "€", NULL, "EUR" }, { "¥", "CN", "CNY" }, { "¥", NULL, "JPY" },
    { "₹", NULL, "INR" }, { "₽", NULL, "RUB" }, { "₩", NULL, "KRW" }, { "₺", NULL, "TRY" },
    { "₴", NULL, "UAH" }, { "₪", NULL, "ILS" }, { "₦", NULL, "NGN" }, { "₫", NULL, "VND" },
    { "฿", NULL, "THB" }, { "₱", NULL, "PHP" }, { "₸", NULL, "KZT" }, { "₵", NULL, "GHS" },
    { NULL, NULL, NULL }
};
