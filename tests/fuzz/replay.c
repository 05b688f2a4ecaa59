/* Runs a fuzz target over every file of the seed folders named on the command line, without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        return 1;
    }
    const long bytes = ftell(file);
    rewind(file);
    uint8_t *data = malloc((size_t)bytes + (bytes == 0));
    if (data == NULL || fread(data, 1, (size_t)bytes, file) != (size_t)bytes) {
        perror(path);
        free(data);
        (void)fclose(file);
        return 1;
    }
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(data, (size_t)bytes);
    free(data);
    return 0;
}

static int replay_folder(const char *path, size_t *count)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        return 1;
    }
    int failed = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char name[4096];
        struct stat status;
        (void)snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (stat(name, &status) == 0 && S_ISREG(status.st_mode)) {
            failed |= replay_file(name);
            (*count)++;
        }
    }
    (void)closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay_folder(argv[i], &count);
    printf("%zu seeds\n", count);
    return failed != 0 || count == 0;
}
