#include "query/topics_check.h"

#include "base/error.h"
#include "query/find_key.h"
#include "query/paper_load.h"
#include "query/title_index.h"
#include "query/topics_score.h"

struct check {
    struct store *store; /* NULL: no library */
    struct analyzer *analyzer;
    const struct topic_set *set;
    struct arena *kept;
    struct arena scratch; /* of one paper */
    struct buffer cause;
    struct title_index titles;
    pinakes_topic_check *out;
    pinakes_topic_measure *measures;
    pinakes_misjudged *misjudged;
    size_t misjudged_capacity;
    const char **unknown;
    size_t unknown_capacity;
    pinakes_error *error;
};

/* ---- the labels ---------------------------------------------------------------------------------------------- */

static bool is_labelled(const struct label *label, const struct topic *topic)
{
    for (size_t i = 0; i < label->topic_count; i++)
        if (topic_name_equal(label->topics[i], topic->name))
            return true;
    return false;
}

static bool is_known(const struct check *check, struct span topic)
{
    for (size_t i = 0; i < check->set->topic_count; i++)
        if (topic_name_equal(check->set->topics[i].name, topic))
            return true;
    for (size_t i = 0; i < check->out->unknown_count; i++)
        if (topic_name_equal(span_of(check->unknown[i]), topic))
            return true;
    return false;
}

static pinakes_status note_unknown(struct check *check, const struct label *label)
{
    for (size_t i = 0; i < label->topic_count; i++) {
        if (is_known(check, label->topics[i]))
            continue;
        const char *name = arena_string(check->kept, label->topics[i]);
        check->unknown = arena_grow(check->kept, check->unknown, check->out->unknown_count, &check->unknown_capacity,
                                    sizeof *check->unknown);
        if (name == NULL || check->unknown == NULL)
            return error_no_memory(check->error);
        check->unknown[check->out->unknown_count++] = name;
    }
    return PINAKES_OK;
}

/* ---- one paper ----------------------------------------------------------------------------------------------- */

/* A labelled paper as it is judged. */
struct judged {
    const struct label *label;
    const struct document *document;
    const char *key; /* NULL: not in the library */
    struct span title;
};

/* Finds the paper in the library, by its key or by its title. */
static pinakes_status find_paper(struct check *check, const struct label *label, int64_t *paper, bool *found)
{
    *found = false;
    if (check->store == NULL)
        return PINAKES_OK;
    if (label->key.len > 0)
        return find_key(check->store, label->key, paper, found, check->error);
    *found = title_index_find(&check->titles, check->analyzer, label->title, paper);
    return PINAKES_OK;
}

static pinakes_status read_from_library(struct check *check, int64_t paper, struct judged *judged)
{
    struct loaded_paper loaded;
    const pinakes_status status =
        paper_load(check->store, paper, &check->scratch, &check->scratch, &loaded, check->error);
    if (status != PINAKES_OK)
        return status;
    judged->document = document_create(&check->scratch, check->analyzer, loaded.texts, loaded.record.year, NULL, 0);
    judged->key = arena_string(check->kept, span_of(loaded.record.key));
    if (judged->title.len == 0)
        judged->title = span_of(loaded.record.title);
    return judged->document == NULL || judged->key == NULL ? error_no_memory(check->error) : PINAKES_OK;
}

static pinakes_status read_from_label(struct check *check, struct judged *judged)
{
    struct span texts[FIELD_COUNT];
    for (size_t i = 0; i < FIELD_COUNT; i++)
        texts[i] = span_of("");
    texts[FIELD_TITLE] = judged->label->title;
    if (judged->label->venue.len > 0)
        texts[FIELD_VENUE] = judged->label->venue;
    if (judged->label->abstract.len > 0)
        texts[FIELD_ABSTRACT] = judged->label->abstract;
    judged->document = document_create(&check->scratch, check->analyzer, texts, judged->label->year, NULL, 0);
    return judged->document == NULL ? error_no_memory(check->error) : PINAKES_OK;
}

static pinakes_status note_misjudged(struct check *check, const struct judged *judged, const struct topic *topic,
                                     double score, bool labelled)
{
    pinakes_misjudged *misjudged = arena_grow(check->kept, check->misjudged, check->out->misjudged_count,
                                              &check->misjudged_capacity, sizeof *misjudged);
    if (misjudged == NULL)
        return error_no_memory(check->error);
    check->misjudged = misjudged;
    pinakes_misjudged *one = &misjudged[check->out->misjudged_count++];
    *one = (pinakes_misjudged){
        .topic = arena_string(check->kept, topic->name),
        .title = arena_string(check->kept, judged->title),
        .key = judged->key,
        .line = judged->label->line,
        .is_labelled = labelled,
        .score = score,
        .threshold = topic->threshold,
        .cause = buffer_keep(&check->cause, check->kept),
    };
    return one->topic == NULL || one->title == NULL || one->cause == NULL ? error_no_memory(check->error) : PINAKES_OK;
}

static pinakes_status judge(struct check *check, const struct judged *judged)
{
    for (size_t i = 0; i < check->set->topic_count; i++) {
        const struct topic *topic = &check->set->topics[i];
        const double score = topic_score(&check->scratch, topic, judged->document, &check->cause);
        const bool labelled = is_labelled(judged->label, topic), assigned = score >= topic->threshold;
        if (check->cause.failed)
            return error_no_memory(check->error);
        check->measures[i].labelled += labelled;
        check->measures[i].assigned += assigned;
        check->measures[i].right += labelled && assigned;
        if (labelled != assigned && note_misjudged(check, judged, topic, score, labelled) != PINAKES_OK)
            return check->error->status;
    }
    return PINAKES_OK;
}

static pinakes_status check_label(struct check *check, const struct label *label)
{
    struct judged judged = {.label = label, .title = label->title};
    int64_t paper = 0;
    bool found;
    arena_reset(&check->scratch);
    pinakes_status status = note_unknown(check, label);
    if (status == PINAKES_OK)
        status = find_paper(check, label, &paper, &found);
    if (status != PINAKES_OK)
        return status;
    if (!found && label->title.len == 0) {
        check->out->missing++;
        return PINAKES_OK;
    }
    check->out->papers++;
    check->out->in_library += found;
    status = found ? read_from_library(check, paper, &judged) : read_from_label(check, &judged);
    return status == PINAKES_OK ? judge(check, &judged) : status;
}

/* ---- the sums ------------------------------------------------------------------------------------------------ */

static double share(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (double)part / (double)whole;
}

/* Precision, recall and their harmonic mean (van Rijsbergen, Information Retrieval, 1979, chapter 7); macro means over
 * the topics that occur. */
static void finish(struct check *check)
{
    pinakes_topic_check *out = check->out;
    double topics = 0;
    for (size_t i = 0; i < check->set->topic_count; i++) {
        pinakes_topic_measure *measure = &check->measures[i];
        if (measure->labelled + measure->assigned == 0)
            continue;
        measure->precision = share(measure->right, measure->assigned);
        measure->recall = share(measure->right, measure->labelled);
        measure->f1 = share(2 * measure->right, measure->labelled + measure->assigned);
        out->precision += measure->precision;
        out->recall += measure->recall;
        out->f1 += measure->f1;
        topics++;
    }
    if (topics > 0) {
        out->precision /= topics;
        out->recall /= topics;
        out->f1 /= topics;
    }
    out->measures = check->measures;
    out->measure_count = check->set->topic_count;
    out->misjudged = check->misjudged;
    out->unknown = check->unknown;
}

static pinakes_status start(struct check *check, const struct labels *labels)
{
    bool has_titles = false;
    for (size_t i = 0; i < labels->count; i++)
        has_titles = has_titles || labels->papers[i].key.len == 0;
    check->measures = arena_array(check->kept, check->set->topic_count, sizeof *check->measures);
    for (size_t i = 0; check->measures != NULL && i < check->set->topic_count; i++)
        if ((check->measures[i].name = arena_string(check->kept, check->set->topics[i].name)) == NULL)
            check->measures = NULL;
    if (check->measures == NULL)
        return error_no_memory(check->error);
    return check->store != NULL && has_titles
               ? title_index_load(check->store, check->kept, &check->titles, check->error)
               : PINAKES_OK;
}

pinakes_status topics_check(struct store *store, struct analyzer *analyzer, const struct topic_set *set,
                            const struct labels *labels, struct arena *arena, pinakes_topic_check *out,
                            pinakes_error *error)
{
    struct check check = {.store = store, .analyzer = analyzer, .set = set, .kept = arena, .out = out, .error = error};
    *out = (pinakes_topic_check){.papers = 0};
    pinakes_status status = start(&check, labels);
    for (size_t i = 0; status == PINAKES_OK && i < labels->count; i++)
        status = check_label(&check, &labels->papers[i]);
    finish(&check);
    arena_free(&check.scratch);
    buffer_free(&check.cause);
    return status;
}
