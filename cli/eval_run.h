/* The rankings of an evaluation as a run file of TREC. */
#ifndef CLI_EVAL_RUN_H
#define CLI_EVAL_RUN_H

#include "pinakes.h"

#include <stdio.h>

/* Writes `query Q0 paper rank score tag` for every paper of every query. trec_eval orders by score alone, in single
 * precision, and equal scores by name: papers of equal score are set apart by the least that it can tell, so that it
 * sees the order that was shown. */
void eval_run_write(FILE *out, const pinakes_evaluation *evaluation, const char *tag);

#endif
