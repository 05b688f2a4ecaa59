/* What the program says on standard error, and the exit status that goes with it. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <stdint.h>

/* As grep's. */
enum {
    EXIT_FOUND = 0,
    EXIT_NONE = 1,
    EXIT_TROUBLE = 2,
};

/* One line on standard error, behind the program's name. Returns EXIT_TROUBLE. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* complain() of what the library had to say beside its answer, if anything (pinakes_results.notice). */
void complain_notice(const char *notice);

/* One line on standard error that is no complaint. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same about a file, or a line of it; 0 is the whole file. */
void remark_at(const char *file, uint32_t line, const char *message);

enum { PASSED_OVER_BYTES = 48 };

/* "; 3 records passed over" for the end of a summary, "" when there are none. Written to `out`, which is returned. */
const char *passed_over(char out[PASSED_OVER_BYTES], uint64_t records);

/* `text` as a POSIX shell would read it back: unchanged where that is safe, else quoted. The caller frees it. */
char *shell_quote(const char *text);

#endif
