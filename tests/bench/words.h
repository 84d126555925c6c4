/* words - what the articles of make bench are made of: templates and vocabulary.
 *
 * Slots: %a adjective, %A and %B the same after a or an, A or An, %n noun, %s nouns, %v verb, %w verb in the past, %r adverb,
 * %c place, %p person, %l surname, %h he or she, %j role, %y cue verb,
 * %o organisation, %k its acronym, %d date, %t weekday, %m number, %M amount,
 * %( and %) quotation marks, %' apostrophe. */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

static const char *const titles[] = {
    "%a %n to %v %c %s", "%k opens %a %n in %c", "%c %n gets %M for %a %s",
    "Plans for %a %n in %c move on", "%m %s %w as %k reviews %a %n", "Call for %a %s after %c %n",
};

static const char *const openings[] = {
    "%c, %d - The %o (%k) has %w %A %n for the %s of %c, it was announced on %t.",
    "%B %n that will %v %s across %c was presented on %t by the %o (%k).",
    "More than %m %s in %c are to be %w under %A plan of the %o (%k), which starts on %d.",
};

static const char *const sentences[] = {
    "The %n was %w in %c by the %k on %d.",
    "It follows %A review of the %n, which found that %m per cent of %s had been %w.",
    "About %m %s took part, and the %k expects the %n to %v them %r.",
    "The %a work costs %M and will be %w by %d, according to the %k.",
    "Residents of %c had asked for %A %n since the %s were %w in the spring.",
    "Until then the %n stays %a, and %s will be %w on %t evenings.",
    "%p, %j at the %o, %w the %n and met %m %s.",
    "In %c the %s are %a, but the %n could %v the %a %s nearby.",
    "A further %m %s are %r %w each year, and their %n has become %a.",
    "The so-called %(%a %n%) was %w at No. %m Mill Lane, close to Dr. %l%'s former %n.",
    "Both the %n and the %s have been %w %r, and neither the %k nor its partners will %v the %n again.",
    "Work on the %n began in %c at 9.30 a.m. on %d and took %m days.",
    "Anyone with a %n to %v should write to the %k before %d.",
    "The %k said that the %n would %v %s who had %r %w the %a %n.",
    "Its %n, %A %n with %m %s, cost %M when it was %w.",
    "What happens to the %a %s in %c is not yet %w.",
};

static const char *const quotations[] = {
    "%p, %j, %y: %(We have %w the %n, and we will %v every %n that the %s of %c need. It is %A %n.%)",
    "%(This %n is %a for our %s,%) %y %p, %j at the %k. %(Nobody should have to %v a %n like that.%)",
    "%(I%'m %r glad that the %s are %w,%) %h %y. %(They %v us all, and the %n shows it.%)",
    "%j %p %y: %(The %n in %c was %a. Our %s %w it %r, and I thank all %m of them.\n\n"
    "%(We know that a %n can %v %s, so the %k will not stop here.\n\n"
    "%(If you have %A %n, tell us.%)",
    "Asked about the %n, %l %y that it was %(%A %n%) and that %s would be %w.",
    "%l %y: %(No %n is too %a to %v. That%'s why the %s come first.%)",
};

static const char *const nouns[] = {
    "bridge", "harbour", "school", "library", "garden", "road", "project", "report", "market", "theatre",
    "station", "river", "farm", "museum", "clinic", "nurse", "teacher", "driver", "tenant", "visitor",
    "volunteer", "budget", "grant", "contract", "service", "programme", "campaign", "meeting", "survey", "scheme",
    "building", "workshop", "centre", "festival", "concert", "exhibition", "vessel", "engine", "turbine", "battery",
    "sensor", "network", "customer", "apprentice", "engineer", "student", "parent", "patient", "pensioner", "cyclist",
    "pedestrian", "junction", "tunnel", "canal", "reservoir", "pipeline", "warehouse", "shop", "bakery", "restaurant",
    "hotel", "orchard", "forest", "meadow", "wetland", "beach", "cliff", "lighthouse", "ferry", "tram",
    "timetable", "ticket", "platform", "playground", "pavilion", "stadium", "team", "coach", "trophy", "league",
    "kitchen", "laboratory", "telescope", "satellite", "archive", "manuscript", "portrait", "sculpture", "choir", "orchestra",
    "committee", "councillor", "resident", "neighbour", "landlord", "builder", "plumber", "gardener", "farmer", "fisher",
    "decision", "proposal", "question", "answer", "result", "measure", "standard", "permit", "licence", "regulation",
};

static const char *const adjectives[] = {
    "new", "old", "local", "regional", "national", "modern", "historic", "public", "private", "shared",
    "busy", "quiet", "empty", "crowded", "safe", "dangerous", "cheap", "costly", "early", "late",
    "long", "short", "broad", "narrow", "bright", "dark", "green", "industrial", "rural", "urban",
    "temporary", "permanent", "popular", "unusual", "ordinary", "remarkable", "careful", "urgent", "patient", "reliable",
    "damaged", "restored", "flooded", "heated", "electric", "digital", "medical", "technical", "financial", "legal",
    "well-known", "long-awaited", "low-cost", "cross-border", "year-round", "ambitious", "modest", "wonderful", "difficult", "important",
};

static const char *const verbs[] = {
    "support", "repair", "inspect", "open", "paint", "clean", "protect", "visit", "train", "refurbish",
    "select", "detect", "collect", "connect", "direct", "adopt", "report", "record", "extend", "attend",
    "defend", "amend", "plant", "grant", "assist", "consult", "present", "prevent", "approach", "discuss",
    "address", "assess", "access", "develop", "deliver", "discover", "consider", "remember", "gather", "offer",
    "monitor", "alter", "enter", "follow", "review", "renew", "reward", "remind", "mend", "fund",
};

static const char *const adverbs[] = {
    "quickly", "slowly", "carefully", "recently", "finally", "rarely", "often", "closely", "jointly", "safely",
    "really", "truly", "deeply", "very", "openly", "quietly", "fully", "partly", "mostly", "widely",
};

static const char *const cues[] = {
    "said", "said", "said", "added", "explained", "told reporters", "commented", "continued", "noted", "stressed",
};

static const char *const places[] = {
    "Ashbourne Vale", "Port Ellery", "Millhaven", "Westerby", "Kirkstowe", "Northmarsh", "Lower Denby", "Saltwick",
    "Hartsea", "Oxlow", "Brackenford", "Tarnmouth", "Elmsworth", "Greyhaven", "Stourfield", "Pennerley",
};

static const char *const women[] = {
    "Anna", "Maria", "Helen", "Judith", "Priya", "Fatima", "Zoë", "Ingrid", "Chloé", "Ruth", "Mei", "Sofia", "Nora", "Grace",
};
static const char *const men[] = {
    "Peter", "James", "Omar", "Luca", "Jürgen", "David", "Samuel", "Ravi", "Tomás", "Andrew", "Kwame", "Owen", "Henry", "Isaac",
};
static const char *const name_heads[] = {
    "Ash", "Brad", "Cald", "Dun", "Elling", "Farn", "Green", "Hol", "Ing", "Kel", "Lang", "Mar", "Nor", "Old", "Pem",
    "Rad", "Stan", "Thorn", "Under", "Whit", "Mc", "O'",
};
static const char *const name_tails[] = {
    "bridge", "brook", "bury", "combe", "croft", "dale", "field", "ford", "gate", "ham", "hurst", "ley", "low", "man",
    "mere", "ridge", "shaw", "stead", "stone", "ton", "well", "wick", "wood", "worth",
};
static const char *const roles[] = {
    "Chief Executive", "Head of Operations", "Director of Housing", "Cabinet Member for Transport", "Project Manager",
    "Chair of the Trustees", "Professor of Engineering", "Detective Superintendent", "Chief Inspector", "Deputy Leader",
    "Senior Curator", "Managing Director", "Minister for Rural Affairs", "Head Teacher", "Lead Nurse",
};
static const char *const org_first[] = { "Royal", "Northern", "United", "Western", "Joint", "Central", "Eastern" };
static const char *const org_second[] = { "Coastal", "Rural", "Housing", "Transport", "Energy", "Heritage", "Water" };
static const char *const org_third[] = { "Development", "Research", "Safety", "Training", "Planning", "Protection" };
static const char *const org_last[] = { "Agency", "Council", "Trust", "Board", "Institute", "Partnership", "Unit" };

static const char *const months[] = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
};
static const char *const weekdays[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

#endif
