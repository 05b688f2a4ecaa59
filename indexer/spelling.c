#include "indexer/spelling.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SPELLING_BYTES = 16,
    LONGER_MAX = 2,        /* "manoeuvrability" as "maneuverability" */
    IS_WORD_BYTES_MIN = 5, /* up to the -is: "ionis-", but not "aris-" */
};

/* What takes the place of what; in place, since every new word is compared with all of them. */
struct spelling {
    char other[SPELLING_BYTES];
    char common[SPELLING_BYTES];
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Whole words: plurals from Latin and Greek and those without an s; but not "bases", "media", "data" and "leaves",
 * which mostly are words of their own. And what is British only where it stands alone. */
static const struct spelling whole[] = {
    {"antennae", "antenna"},
    {"appendices", "appendix"},
    {"automata", "automaton"},
    {"axes", "axis"},
    {"bacteria", "bacterium"},
    {"calculi", "calculus"},
    {"children", "child"},
    {"corpora", "corpus"},
    {"cortices", "cortex"},
    {"crises", "crisis"},
    {"criteria", "criterion"},
    {"curricula", "curriculum"},
    {"diagnoses", "diagnosis"},
    {"equilibria", "equilibrium"},
    {"extrema", "extremum"},
    {"feet", "foot"},
    {"foci", "focus"},
    {"formulae", "formula"},
    {"halves", "half"},
    {"helices", "helix"},
    {"indices", "index"},
    {"knives", "knife"},
    {"loci", "locus"},
    {"maxima", "maximum"},
    {"men", "man"},
    {"mice", "mouse"},
    {"minima", "minimum"},
    {"moduli", "modulus"},
    {"nuclei", "nucleus"},
    {"optima", "optimum"},
    {"phenomena", "phenomenon"},
    {"quanta", "quantum"},
    {"radii", "radius"},
    {"schemata", "schema"},
    {"shelves", "shelf"},
    {"simplices", "simplex"},
    {"spectra", "spectrum"},
    {"stimuli", "stimulus"},
    {"strata", "stratum"},
    {"symposia", "symposium"},
    {"tableaux", "tableau"},
    {"teeth", "tooth"},
    {"tori", "torus"},
    {"vortices", "vortex"},
    {"wolves", "wolf"},
    {"women", "woman"},
    {"ageing", "aging"},
    {"dialled", "dialed"},
    {"dialling", "dialing"},
    {"disc", "disk"},
    {"discs", "disks"},
    {"learnt", "learned"},
    {"queuing", "queueing"},
    {"spelt", "spelled"},
    {"tyre", "tire"},
    {"tyres", "tires"},
    {"unlearnt", "unlearned"},
    /* Of which Porter2 makes the stems of "experience" and "specific". */
    {"experiment", "experimental"},
    {"experiments", "experimental"},
    {"specification", "specify"},
    {"specifications", "specify"},
};

static const struct spelling beginnings[] = {
    {"adaptor", "adapter"}, {"aluminium", "aluminum"}, {"anaesth", "anesth"},   {"artefact", "artifact"},
    {"enquir", "inquir"},   {"haem", "hem"},           {"oestr", "estr"},       {"paed", "ped"},
    {"practis", "practic"}, {"sceptic", "skeptic"},    {"skilful", "skillful"},
};

/* Anywhere in a word. */
static const struct spelling parts[] = {
    {"aemi", "emi"},         {"armour", "armor"},      {"behaviour", "behavior"}, {"calibre", "caliber"},
    {"centred", "centered"}, {"centre", "center"},     {"centring", "centering"}, {"colour", "color"},
    {"defence", "defense"},  {"dgement", "dgment"},    {"endeavour", "endeavor"}, {"favour", "favor"},
    {"fibre", "fiber"},      {"flavour", "flavor"},    {"fuell", "fuel"},         {"grey", "gray"},
    {"harbour", "harbor"},   {"honour", "honor"},      {"humour", "humor"},       {"labour", "labor"},
    {"licence", "license"},  {"manoeuv", "maneuv"},    {"mould", "mold"},         {"neighbour", "neighbor"},
    {"odour", "odor"},       {"oedema", "edema"},      {"offence", "offense"},    {"orthopaed", "orthoped"},
    {"plough", "plow"},      {"pretence", "pretense"}, {"rigour", "rigor"},       {"rumour", "rumor"},
    {"sulph", "sulf"},       {"theatre", "theater"},   {"tumour", "tumor"},       {"vapour", "vapor"},
    {"vigour", "vigor"},
};

static const struct spelling endings[] = {
    {"euvre", "euver"},      {"euvred", "euvered"},     {"euvres", "euvers"},
    {"euvring", "euvering"}, {"euvrable", "euverable"}, {"euvrability", "euverability"},
    {"gramme", "gram"},      {"grammes", "grams"},      {"hedra", "hedron"},
    {"litre", "liter"},      {"litres", "liters"},      {"alogue", "alog"},
    {"alogued", "aloged"},   {"alogues", "alogs"},      {"aloguing", "aloging"},
    {"lysable", "lyzable"},  {"lyse", "lyze"},          {"lysed", "lyzed"},
    {"lyser", "lyzer"},      {"lysers", "lyzers"},      {"lyses", "lysis"},
    {"lysing", "lyzing"},    {"matrices", "matrix"},    {"metre", "meter"},
    {"metres", "meters"},    {"theses", "thesis"},      {"tuneable", "tunable"},
    {"vertices", "vertex"},  {"useable", "usable"},     {"sizeable", "sizable"},
    {"moveable", "movable"},
};

/* What may stand behind -is where others write -iz. */
static const char *const behind_is[] = {"able", "ation", "ational", "ations", "e",   "ed",
                                        "er",   "ers",   "es",      "ing",    "ings"};

/* What has no -iz form, by its end in front of the -is: "advise", "likewise", "compromise". */
static const char *const always_is[] = {
    "adv",    "advert", "chast",  "chem",  "circumc",  "conc",  "dem", "desp", "dev",  "exc",  "exerc",
    "expert", "franch", "improv", "inc",   "merchand", "parad", "pr",  "prec", "prem", "prom", "rev",
    "sunr",   "superv", "surm",   "telev", "treat",    "trell", "upr", "val",  "w",
};

/* Writes the word to `buffer`, which may be where it is, with the `bytes` bytes at `at` replaced. */
static struct span replace(struct span word, size_t at, size_t bytes, const char *by, char buffer[SPELLING_BYTES_MAX])
{
    const size_t by_bytes = strlen(by), behind = word.len - at - bytes;
    memmove(buffer + at + by_bytes, word.at + at + bytes, behind);
    memmove(buffer, word.at, at);
    memcpy(buffer + at, by, by_bytes);
    return (struct span){buffer, at + by_bytes + behind};
}

static struct span respell_whole(struct span word)
{
    for (size_t i = 0; i < COUNT(whole); i++) {
        if (span_is(word, whole[i].other)) {
            return span_of(whole[i].common);
        }
    }
    return word;
}

static struct span respell_part(struct span word, char buffer[SPELLING_BYTES_MAX])
{
    for (struct span rest = word; rest.len > 0; rest.at++, rest.len--) {
        for (size_t i = 0; i < COUNT(parts); i++) {
            if (parts[i].other[0] == rest.at[0] && span_starts(rest, parts[i].other)) {
                return replace(word, word.len - rest.len, strlen(parts[i].other), parts[i].common, buffer);
            }
        }
    }
    return word;
}

static struct span respell_beginning(struct span word, char buffer[SPELLING_BYTES_MAX])
{
    for (size_t i = 0; i < COUNT(beginnings); i++) {
        if (span_starts(word, beginnings[i].other)) {
            return replace(word, 0, strlen(beginnings[i].other), beginnings[i].common, buffer);
        }
    }
    return word;
}

static struct span respell_ending(struct span word, char buffer[SPELLING_BYTES_MAX])
{
    for (size_t i = 0; i < COUNT(endings); i++) {
        const size_t bytes = strlen(endings[i].other);
        if (span_ends(word, endings[i].other)) {
            return replace(word, word.len - bytes, bytes, endings[i].common, buffer);
        }
    }
    return word;
}

/* Of a word that ends in -is: whether that never is -iz. A vowel before it is one of "raise", "noise", "disguise". */
static bool keeps_is(struct span word)
{
    const struct span before = {word.at, word.len - 2};
    if (word.len < IS_WORD_BYTES_MIN || strchr("aeou", before.at[before.len - 1]) != NULL) {
        return true;
    }
    for (size_t i = 0; i < COUNT(always_is); i++) {
        if (span_ends(before, always_is[i])) {
            return true;
        }
    }
    return false;
}

static struct span respell_is(struct span word, char buffer[SPELLING_BYTES_MAX])
{
    for (size_t i = 0; i < COUNT(behind_is); i++) {
        const size_t bytes = strlen(behind_is[i]);
        const struct span front = {word.at, word.len < bytes ? 0 : word.len - bytes};
        if (span_ends(word, behind_is[i]) && span_ends(front, "is")) {
            return keeps_is(front) ? word : replace(word, front.len - 1, 1, "z", buffer);
        }
    }
    return word;
}

struct span spelling_common(struct span word, char buffer[SPELLING_BYTES_MAX])
{
    if (word.len == 0 || word.len > SPELLING_BYTES_MAX - LONGER_MAX) {
        return word;
    }
    const struct span other = respell_whole(word);
    if (other.at != word.at) {
        return other;
    }
    word = respell_part(word, buffer);
    word = respell_beginning(word, buffer);
    word = respell_ending(word, buffer);
    return respell_is(word, buffer);
}
