#include "corpus/unpacker.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

/* What xz may need: its strongest preset takes 65 MB to unpack. */
#define XZ_MOST_MEMORY ((uint64_t)256 << 20)

struct packing {
    const char *name;
    struct span magic;
    struct span block; /* of bzip2, behind a digit: how the first block begins; three letters alone may begin a note */
    bool (*start)(struct unpacker *unpacker);
    enum unpacked (*step)(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made);
    void (*stop)(struct unpacker *unpacker);
};

struct unpacker {
    const struct packing *packing;
    bool between_members; /* of gzip and bzip2, where the file may end */
    union {
        z_stream gzip;
        bz_stream bzip2;
        lzma_stream xz;
        ZSTD_DStream *zstd;
    } state;
};

/* ---- gzip: one member behind another ------------------------------------------------------------------------- */

static bool start_gzip(struct unpacker *unpacker)
{
    enum { GZIP_WINDOW = 15 + 16 }; /* 32 kB, and the header of gzip rather than zlib's */
    return inflateInit2(&unpacker->state.gzip, GZIP_WINDOW) == Z_OK;
}

static enum unpacked begin_member(struct unpacker *unpacker, struct span *in)
{
    while (in->len > 0 && in->at[0] == '\0') /* tapes and some archivers fill up a block */
        *in = (struct span){in->at + 1, in->len - 1};
    if (in->len == 0)
        return UNPACKED_ALL;
    unpacker->between_members = false;
    return inflateReset(&unpacker->state.gzip) == Z_OK ? UNPACKED_SOME : UNPACKED_DAMAGED;
}

static unsigned clamped(size_t bytes)
{
    return bytes > UINT32_MAX ? UINT32_MAX : (unsigned)bytes;
}

static enum unpacked step_gzip(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made)
{
    z_stream *z = &unpacker->state.gzip;
    *made = 0;
    if (unpacker->between_members) {
        const enum unpacked begun = begin_member(unpacker, in);
        if (begun != UNPACKED_SOME)
            return begun;
    }
    z->next_in = (unsigned char *)(uintptr_t)in->at; /* zlib does not write here */
    z->avail_in = clamped(in->len);
    z->next_out = (unsigned char *)out;
    z->avail_out = clamped(room);
    const int code = inflate(z, Z_NO_FLUSH);
    *in = (struct span){(const char *)z->next_in, in->len - (size_t)((const char *)z->next_in - in->at)};
    *made = (size_t)((char *)z->next_out - out);
    unpacker->between_members = code == Z_STREAM_END;
    if (code == Z_MEM_ERROR)
        return UNPACKED_NO_MEMORY;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return UNPACKED_DAMAGED;
    return code == Z_STREAM_END ? UNPACKED_ALL : UNPACKED_SOME;
}

static void stop_gzip(struct unpacker *unpacker)
{
    (void)inflateEnd(&unpacker->state.gzip);
}

/* ---- bzip2: likewise, as parallel packers write it ------------------------------------------------------------ */

static bool start_bzip2(struct unpacker *unpacker)
{
    unpacker->state.bzip2 = (bz_stream){.bzalloc = NULL};
    return BZ2_bzDecompressInit(&unpacker->state.bzip2, 0, 0) == BZ_OK;
}

static void stop_bzip2(struct unpacker *unpacker)
{
    (void)BZ2_bzDecompressEnd(&unpacker->state.bzip2);
}

static enum unpacked begin_stream(struct unpacker *unpacker, struct span in)
{
    if (in.len == 0)
        return UNPACKED_ALL;
    stop_bzip2(unpacker);
    unpacker->between_members = false;
    return start_bzip2(unpacker) ? UNPACKED_SOME : UNPACKED_NO_MEMORY;
}

static enum unpacked step_bzip2(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made)
{
    bz_stream *bz = &unpacker->state.bzip2;
    *made = 0;
    if (unpacker->between_members) {
        const enum unpacked begun = begin_stream(unpacker, *in);
        if (begun != UNPACKED_SOME)
            return begun;
    }
    bz->next_in = (char *)(uintptr_t)in->at; /* bzip2 does not write here */
    bz->avail_in = clamped(in->len);
    bz->next_out = out;
    bz->avail_out = clamped(room);
    const int code = BZ2_bzDecompress(bz);
    *in = (struct span){bz->next_in, in->len - (size_t)(bz->next_in - in->at)};
    *made = (size_t)(bz->next_out - out);
    unpacker->between_members = code == BZ_STREAM_END;
    if (code == BZ_MEM_ERROR)
        return UNPACKED_NO_MEMORY;
    if (code != BZ_OK && code != BZ_STREAM_END)
        return UNPACKED_DAMAGED;
    return code == BZ_STREAM_END ? UNPACKED_ALL : UNPACKED_SOME;
}

/* ---- Zstandard ----------------------------------------------------------------------------------------------- */

static bool start_zstd(struct unpacker *unpacker)
{
    unpacker->state.zstd = ZSTD_createDStream();
    return unpacker->state.zstd != NULL;
}

static enum unpacked step_zstd(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made)
{
    ZSTD_inBuffer from = {in->at, in->len, 0};
    ZSTD_outBuffer to = {out, room, 0};
    const size_t left = ZSTD_decompressStream(unpacker->state.zstd, &to, &from);
    *in = (struct span){in->at + from.pos, in->len - from.pos};
    *made = to.pos;
    if (ZSTD_isError(left))
        return UNPACKED_DAMAGED;
    return left == 0 ? UNPACKED_ALL : UNPACKED_SOME;
}

static void stop_zstd(struct unpacker *unpacker)
{
    (void)ZSTD_freeDStream(unpacker->state.zstd);
}

/* ---- xz ------------------------------------------------------------------------------------------------------ */

static bool start_xz(struct unpacker *unpacker)
{
    unpacker->state.xz = (lzma_stream)LZMA_STREAM_INIT;
    return lzma_stream_decoder(&unpacker->state.xz, XZ_MOST_MEMORY, LZMA_CONCATENATED) == LZMA_OK;
}

/* Told that the input ends only when there is none left, since more may come behind every stream. */
static enum unpacked step_xz(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made)
{
    lzma_stream *xz = &unpacker->state.xz;
    xz->next_in = (const uint8_t *)in->at;
    xz->avail_in = in->len;
    xz->next_out = (uint8_t *)out;
    xz->avail_out = room;
    const lzma_ret code = lzma_code(xz, in->len == 0 ? LZMA_FINISH : LZMA_RUN);
    *in = (struct span){(const char *)xz->next_in, xz->avail_in};
    *made = room - xz->avail_out;
    if (code == LZMA_MEM_ERROR)
        return UNPACKED_NO_MEMORY;
    if (code == LZMA_STREAM_END)
        return UNPACKED_ALL;
    return code == LZMA_OK || (code == LZMA_BUF_ERROR && room == 0) ? UNPACKED_SOME : UNPACKED_DAMAGED;
}

static void stop_xz(struct unpacker *unpacker)
{
    lzma_end(&unpacker->state.xz);
}

/* ---- which one ----------------------------------------------------------------------------------------------- */

/* The second magic number of Zstandard is that of a frame to be skipped, which parallel packers put in front. */
static const struct packing packings[] = {
    {"gzip", {"\x1F\x8B\x08", 3}, {"", 0}, start_gzip, step_gzip, stop_gzip},
    {"bzip2", {"BZh", 3}, {"\x31\x41\x59", 3}, start_bzip2, step_bzip2, stop_bzip2},
    {"bzip2", {"BZh", 3}, {"\x17\x72\x45", 3}, start_bzip2, step_bzip2, stop_bzip2}, /* of nothing */
    {"Zstandard", {"\x28\xB5\x2F\xFD", 4}, {"", 0}, start_zstd, step_zstd, stop_zstd},
    {"Zstandard", {"\x50\x2A\x4D\x18", 4}, {"", 0}, start_zstd, step_zstd, stop_zstd},
    {"xz", {"\xFD\x37\x7A\x58\x5A\x00", 6}, {"", 0}, start_xz, step_xz, stop_xz},
};

static bool is_packed_so(struct span head, const struct packing *packing)
{
    const struct span magic = packing->magic, block = packing->block;
    if (head.len < magic.len || memcmp(head.at, magic.at, magic.len) != 0)
        return false;
    return block.len == 0 ||
           (head.len >= magic.len + 1 + block.len && memcmp(head.at + magic.len + 1, block.at, block.len) == 0);
}

bool unpacker_create(struct span head, struct unpacker **out)
{
    *out = NULL;
    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++) {
        if (!is_packed_so(head, &packings[i]))
            continue;
        struct unpacker *unpacker = calloc(1, sizeof *unpacker);
        if (unpacker == NULL)
            return false;
        unpacker->packing = &packings[i];
        if (!packings[i].start(unpacker)) {
            free(unpacker);
            return false;
        }
        *out = unpacker;
        return true;
    }
    return true;
}

void unpacker_free(struct unpacker *unpacker)
{
    if (unpacker == NULL)
        return;
    unpacker->packing->stop(unpacker);
    free(unpacker);
}

const char *unpacker_name(const struct unpacker *unpacker)
{
    return unpacker->packing->name;
}

enum unpacked unpacker_step(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made)
{
    return unpacker->packing->step(unpacker, in, out, room, made);
}
