/* Text in a page. */
#ifndef CLI_HTML_H
#define CLI_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes `text` so that it is only text, between tags and inside quoted attributes; control characters become
 * spaces. */
void html_text(FILE *out, const char *text, size_t bytes);
void html_line(FILE *out, const char *text);

/* Whether `url` may be followed: http and https alone. */
bool html_is_link(const char *url);

#endif
