/* The converters that Qt6Core.dll asks of ICU, each answered "there is none". Qt knows UTF-8, UTF-16, UTF-32, Latin-1 and
   the system's code page itself; the program reads no other encoding. installer/windows/stubs.py exports what is asked. */
#include <stddef.h>
#include <stdint.h>

#define X /* a function that may be exported */
#define NO_CONVERTER 4 /* U_FILE_ACCESS_ERROR */
typedef int32_t Error;

static void refuse(Error *error) {
    if (error) *error = NO_CONVERTER;
}

X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
X void *ucnv_open(const char *name, Error *error) { (void)name; refuse(error); return NULL; }
X void ucnv_close(void *converter) { (void)converter; }
X void ucnv_reset(void *converter) { (void)converter; }
X int32_t ucnv_countAvailable(void) { return 0; }
X const char *ucnv_getAvailableName(int32_t n) { (void)n; return NULL; }
X const char *ucnv_getName(const void *converter, Error *error) { (void)converter; refuse(error); return NULL; }
X const char *ucnv_getStandardName(const char *name, const char *standard, Error *error) {
    (void)name; (void)standard; refuse(error); return NULL;
}
X int8_t ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
X int32_t ucnv_fromUCountPending(const void *converter, Error *error) { (void)converter; refuse(error); return -1; }
X int32_t ucnv_toUCountPending(const void *converter, Error *error) { (void)converter; refuse(error); return -1; }
X void ucnv_fromUnicode(void *converter, char **target, const char *target_end, const uint16_t **source,
                        const uint16_t *source_end, int32_t *offsets, int8_t flush, Error *error) {
    (void)converter; (void)target; (void)target_end; (void)source; (void)source_end; (void)offsets; (void)flush;
    refuse(error);
}
X void ucnv_toUnicode(void *converter, uint16_t **target, const uint16_t *target_end, const char **source,
                      const char *source_end, int32_t *offsets, int8_t flush, Error *error) {
    (void)converter; (void)target; (void)target_end; (void)source; (void)source_end; (void)offsets; (void)flush;
    refuse(error);
}
X void ucnv_getFromUCallBack(const void *converter, void **action, const void **context) {
    (void)converter;
    if (action) *action = NULL;
    if (context) *context = NULL;
}
X void ucnv_getToUCallBack(const void *converter, void **action, const void **context) {
    (void)converter;
    if (action) *action = NULL;
    if (context) *context = NULL;
}
X void ucnv_setFromUCallBack(void *converter, void *action, const void *context, void **old_action,
                             const void **old_context, Error *error) {
    (void)converter; (void)action; (void)context; (void)old_action; (void)old_context; refuse(error);
}
X void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old_action,
                           const void **old_context, Error *error) {
    (void)converter; (void)action; (void)context; (void)old_action; (void)old_context; refuse(error);
}
X void ucnv_cbFromUWriteUChars(void *arguments, const uint16_t **source, const uint16_t *limit, int32_t offset, Error *error) {
    (void)arguments; (void)source; (void)limit; (void)offset; refuse(error);
}
X void ucnv_cbToUWriteUChars(void *arguments, const uint16_t *source, int32_t length, int32_t offset, Error *error) {
    (void)arguments; (void)source; (void)length; (void)offset; refuse(error);
}
