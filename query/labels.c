#include "query/labels.h"

#include "base/error.h"

enum column { COLUMN_KEY, COLUMN_TITLE, COLUMN_TOPICS, COLUMN_YEAR, COLUMN_VENUE, COLUMN_ABSTRACT, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {"key", "title", "topics", "year", "venue", "abstract"};

struct label_reader {
    struct arena *arena;
    const char *file;
    pinakes_error *error;
    uint32_t line;
    size_t places[COLUMN_COUNT]; /* of the columns, from 1; 0: the file has no such column */
    struct labels labels;
    size_t capacity;
};

static pinakes_status refuse(const struct label_reader *reader, const char *what)
{
    return error_set(reader->error, PINAKES_BAD_INPUT, "%s:%u: %s", reader->file, (unsigned)reader->line, what);
}

static pinakes_status read_header(struct label_reader *reader, struct span line)
{
    struct span rest = line, name;
    for (size_t place = 1; span_cut(&rest, '\t', &name); place++)
        for (size_t column = 0; column < COLUMN_COUNT; column++)
            if (span_is_nocase(span_trim(name), column_names[column]))
                reader->places[column] = place;
    if (reader->places[COLUMN_TOPICS] != 0 && (reader->places[COLUMN_KEY] != 0 || reader->places[COLUMN_TITLE] != 0))
        return PINAKES_OK;
    return refuse(reader, "the first line must name the columns, apart by tabs: topics, and key or title");
}

/* Four digits, or 0 for anything else. */
static int year_of(struct span text)
{
    int year = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]) || text.len != 4)
            return 0;
        year = year * 10 + (text.at[i] - '0');
    }
    return year;
}

static bool read_topics(struct label_reader *reader, struct span text, struct label *label)
{
    size_t most = 1;
    for (size_t i = 0; i < text.len; i++)
        most += text.at[i] == ',';
    label->topics = arena_array(reader->arena, most, sizeof *label->topics);
    struct span topic;
    while (label->topics != NULL && span_cut(&text, ',', &topic)) {
        topic = span_trim(topic);
        if (topic.len > 0 && !span_is(topic, "-") && !span_is_nocase(topic, "none"))
            label->topics[label->topic_count++] = topic;
    }
    return label->topics != NULL;
}

static pinakes_status add_label(struct label_reader *reader, const struct label *label)
{
    struct label *papers = arena_grow(reader->arena, reader->labels.papers, reader->labels.count, &reader->capacity,
                                      sizeof *reader->labels.papers);
    if (papers == NULL)
        return error_no_memory(reader->error);
    reader->labels.papers = papers;
    papers[reader->labels.count++] = *label;
    return PINAKES_OK;
}

static pinakes_status read_label(struct label_reader *reader, struct span line)
{
    struct span cells[COLUMN_COUNT] = {{NULL, 0}};
    struct span rest = line, cell;
    for (size_t place = 1; span_cut(&rest, '\t', &cell); place++)
        for (size_t column = 0; column < COLUMN_COUNT; column++)
            if (reader->places[column] == place)
                cells[column] = span_trim(cell);
    struct label label = {.key = cells[COLUMN_KEY],
                          .title = cells[COLUMN_TITLE],
                          .venue = cells[COLUMN_VENUE],
                          .abstract = cells[COLUMN_ABSTRACT],
                          .year = year_of(cells[COLUMN_YEAR]),
                          .line = reader->line};
    if (label.key.len == 0 && label.title.len == 0)
        return refuse(reader, "neither a key nor a title: which paper is this?");
    if (!read_topics(reader, cells[COLUMN_TOPICS], &label))
        return error_no_memory(reader->error);
    return add_label(reader, &label);
}

pinakes_status labels_parse(struct arena *arena, const char *file, struct span text, struct labels *out,
                            pinakes_error *error)
{
    struct label_reader reader = {.arena = arena, .file = file, .error = error};
    struct span line;
    bool has_header = false;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && span_cut(&text, '\n', &line)) {
        reader.line++;
        if (line.len > 0 && line.at[line.len - 1] == '\r')
            line.len--;
        if (span_trim(line).len == 0 || line.at[0] == '#')
            continue;
        status = has_header ? read_label(&reader, line) : read_header(&reader, line);
        has_header = true;
    }
    if (status == PINAKES_OK && reader.labels.count == 0)
        status = error_set(error, PINAKES_BAD_INPUT, "%s: there is no labelled paper in it", file);
    if (status == PINAKES_OK)
        *out = reader.labels;
    return status;
}
