/* The letters, digits and white space of ASCII, whatever the locale says; bytes of longer UTF-8 characters are none. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

static inline bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_ascii_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool is_ascii_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_ascii_letter(char c)
{
    return is_ascii_small(c) || is_ascii_capital(c);
}

static inline bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The small letter of a capital one; any other byte as it is. */
static inline char ascii_lower(char c)
{
    return (char)(is_ascii_capital(c) ? c - 'A' + 'a' : c);
}

#endif
