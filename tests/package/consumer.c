/* A program of somebody else's: makes a library of one note, asks it, prints the first hit's proof. */
#include <pinakes.h>
#include <stdio.h>

static int fail(const pinakes_error *error)
{
    fprintf(stderr, "%s\n", error->message);
    return 2;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: consumer LIBRARY NOTES QUERY\n");
        return 2;
    }
    pinakes_error error;
    pinakes_library *library = NULL;
    if (pinakes_open(argv[1], PINAKES_WRITE, &library, &error) != PINAKES_OK)
        return fail(&error);

    const char *paths[] = {argv[2]};
    pinakes_index_summary summary;
    pinakes_results *results = NULL;
    if (pinakes_index(library, paths, 1, NULL, &summary, &error) != PINAKES_OK ||
        pinakes_search(library, argv[3], NULL, &results, &error) != PINAKES_OK) {
        pinakes_close(library);
        return fail(&error);
    }
    printf("%llu of %llu\n", (unsigned long long)results->found, (unsigned long long)results->out_of);
    for (size_t i = 0; i < results->hit_count; i++) {
        const pinakes_hit *hit = &results->hits[i];
        printf("%s\n", hit->title);
        for (size_t j = 0; j < hit->evidence_count; j++)
            printf("%s:%u: %s\n", hit->evidence[j].file, (unsigned)hit->evidence[j].line, hit->evidence[j].text);
    }
    pinakes_results_free(results);
    pinakes_close(library);
    return 0;
}
