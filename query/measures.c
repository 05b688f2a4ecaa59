#include "query/measures.h"

#include <math.h>

enum { GAIN_DEPTH = 10, PRECISION_DEPTH = 10, RECALL_DEPTH = 100 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t relevant_among(const int *grades, size_t count)
{
    size_t relevant = 0;
    for (size_t i = 0; i < count; i++)
        relevant += grades[i] > 0;
    return relevant;
}

static double average_precision(const struct graded_ranking *ranking, size_t relevant)
{
    double sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < ranking->count; i++)
        if (ranking->grades[i] > 0)
            sum += (double)++found / (double)(i + 1);
    return sum / (double)relevant;
}

static double discounted_gain(const int *grades, size_t count)
{
    double gain = 0;
    for (size_t i = 0; i < least(count, GAIN_DEPTH); i++)
        if (grades[i] > 0)
            gain += grades[i] / log2((double)(i + 2));
    return gain;
}

static double reciprocal_rank(const struct graded_ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++)
        if (ranking->grades[i] > 0)
            return 1 / (double)(i + 1);
    return 0;
}

pinakes_measures measures_of(const struct graded_ranking *ranking)
{
    const size_t relevant = relevant_among(ranking->judged, ranking->judged_count);
    if (relevant == 0)
        return (pinakes_measures){.map = 0};
    return (pinakes_measures){
        .map = average_precision(ranking, relevant),
        .ndcg10 =
            discounted_gain(ranking->grades, ranking->count) / discounted_gain(ranking->judged, ranking->judged_count),
        .p10 = (double)relevant_among(ranking->grades, least(ranking->count, PRECISION_DEPTH)) / PRECISION_DEPTH,
        .r100 = (double)relevant_among(ranking->grades, least(ranking->count, RECALL_DEPTH)) / (double)relevant,
        .rr = reciprocal_rank(ranking),
    };
}

double *measure_at(pinakes_measures *measures, size_t which)
{
    double *const all[MEASURE_COUNT] = {&measures->map, &measures->ndcg10, &measures->p10, &measures->r100,
                                        &measures->rr};
    return all[which];
}

double measure_of(const pinakes_measures *measures, size_t which)
{
    pinakes_measures copy = *measures;
    return *measure_at(&copy, which);
}
