/* JSON values of what the program prints. Memory that is short ends the program (cli/memory.h). */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <jansson.h>
#include <stddef.h>

/* `json`, which is not NULL afterwards. */
json_t *json_checked(json_t *json);

/* JSON knows Unicode text only: bytes that are none become U+FFFD. */
json_t *json_bytes(const char *text, size_t bytes);

/* The same of a whole string; null of NULL. */
json_t *json_line(const char *text);

json_t *json_texts(const char *const *texts, size_t count);

/* Gives `value` to the object, or the array. */
void json_set(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

/* Sets a string that is neither NULL nor empty. */
void json_set_known(json_t *object, const char *name, const char *text);

#endif
