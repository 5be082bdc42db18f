/* The program inside a version's folder, one source for three names: starts Python from the folder beside it.
   DEED is what Python is told to do, PYTHON the file of its library in lib/. */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*PyMain)(int, char **);

static int missing(const char *what) {
    fprintf(stderr, "Bàn Một Cửa: %s Hãy cài lại chương trình.\n", what);
    return 3;
}

/* Qt and the modules find the libraries of lib/ where the system's loader looks first. It reads its variable once, at
   the start: so the program starts itself anew with that folder in front. What stood there before, if only nothing,
   stays in LD_LIBRARY_PATH_ORIG, for children of the system (desk_app/places.py) and for a newer version of this one. */
static int with_libraries(const char *libraries, const char *self, char **given) {
    const char *now = getenv("LD_LIBRARY_PATH"), *before = getenv("LD_LIBRARY_PATH_ORIG");
    size_t length = strlen(libraries);
    if (now != NULL && strncmp(now, libraries, length) == 0 && (now[length] == '\0' || now[length] == ':')) return 0;
    if (before == NULL) before = now == NULL ? "" : now;
    char *wanted = malloc(length + 2 + strlen(before));
    if (wanted == NULL) return missing("máy hết bộ nhớ.");
    sprintf(wanted, "%s%s%s", libraries, *before ? ":" : "", before);
    setenv("LD_LIBRARY_PATH_ORIG", before, 1);
    setenv("LD_LIBRARY_PATH", wanted, 1);
    execv(self, given);
    return missing("không khởi động lại được với thư viện của mình.");
}

/* In large pieces: where it is first used, a piece here and there, a disk that turns reads it in forty. */
static void read_ahead(const char *path) {
    const off_t piece = 1 << 20; /* no more is read ahead when asked once */
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    off_t length = lseek(file, 0, SEEK_END);
    for (off_t at = 0; at < length; at += piece) posix_fadvise(file, at, piece, POSIX_FADV_WILLNEED);
    close(file);
}

int main(int count, char **given) {
    static char self[PATH_MAX], libraries[PATH_MAX], library[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 64);
    char *cut = length > 0 ? strrchr(self, '/') : NULL;
    if (cut == NULL) return missing("không biết mình nằm ở đâu.");
    snprintf(libraries, sizeof libraries, "%.*s/lib", (int)(cut - self), self);
    int failed = with_libraries(libraries, self, given);
    if (failed) return failed;
    snprintf(library, sizeof library, "%s/" PYTHON, libraries);
    read_ahead(library);
    void *python = dlopen(library, RTLD_LAZY | RTLD_GLOBAL); /* the modules take Python's own names from it */
    if (python == NULL) return missing(dlerror());
    PyMain run = (PyMain)dlsym(python, "Py_BytesMain");
    char **told = calloc((size_t)count + 9, sizeof *told);
    if (run == NULL || told == NULL) return missing("tệp " PYTHON " bị hỏng.");
    int n = 0;
    told[n++] = self;
    told[n++] = "-I"; /* neither the machine's Python nor its variables */
    told[n++] = "-S"; /* nor site-packages */
    told[n++] = "-X";
    told[n++] = "utf8";
    told[n++] = "-X"; /* desk_app/places.py: started without an interpreter of its own beside it */
    told[n++] = "installed";
    told[n++] = "-c";
    told[n++] = DEED;
    for (int i = 1; i < count; i++) told[n++] = given[i];
    return run(n, told);
}
