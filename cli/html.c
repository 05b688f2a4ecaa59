#include "cli/html.h"

#include <string.h>
#include <strings.h>

void html_text(FILE *out, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        const unsigned char byte = (unsigned char)text[i];
        switch (byte) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(byte < ' ' || byte == 0x7f ? ' ' : byte, out);
        }
    }
}

void html_line(FILE *out, const char *text)
{
    html_text(out, text, strlen(text));
}

bool html_is_link(const char *url)
{
    return url && (strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0);
}
