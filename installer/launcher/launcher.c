/* Starts the program that the pointer names, and goes back by itself where a new version does not work.
 *
 * Stands three times beside versions/, under the names of the programs: ban-mot-cua, desk-app, desk-district. Each runs
 * the program of its own name in the folder of the current version. docs/updates.md says the files; the program writes
 * them by desk_app/services/updates/program_folder.py. C99, no library besides the system's.
 *
 *   current   version that runs; the base's version when it was chosen ("0.5.0 0.5.0")
 *   previous  the one before, in the same way
 *   next      version to be tried at the next start; behind it, where time ran out before: what is to be done again
 *             (late: all, tested: its start alone), how many starts it has had
 *   trial     version on trial, how far it came (new, alive, healthy), how many starts it has had
 *   failed    version that was given up, and why
 *
 * A version on trial is watched: it must pass its self-test and set its mark, both within LIMIT_MS, and must not die.
 * Else the previous version is started, at once. Exit code 75 says "go back" by the program's own wish. A version for
 * which the time only ran out, as on a slow disk, is tried again at the next starts: what it loaded is still in memory.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef _WIN32
#include <windows.h>
#define SEPARATOR "\\"
#define ENDING ".exe"
#else
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#define SEPARATOR "/"
#define ENDING ""
#endif

#ifndef LIMIT_MS /* tests give less */
#define LIMIT_MS 28000
#define SELFTEST_MS 22000
#endif
enum { PATH_MAX_BYTES = 4096, WORD_BYTES = 64, STEP_MS = 50, MOST_STARTS = 3 };
enum { GO_BACK = 75, REFUSED = 1, CANNOT_RUN = 127, TIMED_OUT = 1000, DIED = 1001 };

/* What a program ends with that somebody else ended: no fault of the version. */
enum { ENDED_BY_OTHERS = 128 };

static char base[PATH_MAX_BYTES], own[PATH_MAX_BYTES], program[WORD_BYTES];

/* --- the system ------------------------------------------------------------------------------------------------- */

#ifdef _WIN32

static wchar_t *wide(const char *text)
{
    static wchar_t room[4][PATH_MAX_BYTES];
    static int turn;
    wchar_t *out = room[turn = (turn + 1) % 4];
    if (!MultiByteToWideChar(CP_UTF8, 0, text, -1, out, PATH_MAX_BYTES))
        out[0] = 0;
    return out;
}

static int path_exists(const char *path) { return GetFileAttributesW(wide(path)) != INVALID_FILE_ATTRIBUTES; }
static void pause_step(void) { Sleep(STEP_MS); }
static long long now_ms(void) { return (long long)GetTickCount64(); }

static int read_bytes(const char *path, char *out, int most)
{
    HANDLE file = CreateFileW(wide(path), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD length = 0;
    BOOL done;
    if (file == INVALID_HANDLE_VALUE)
        return -1;
    done = ReadFile(file, out, (DWORD)most, &length, NULL);
    CloseHandle(file);
    return done ? (int)length : -1;
}

static int write_durably(const char *path, const char *text)
{
    char part[PATH_MAX_BYTES];
    HANDLE file;
    DWORD written = 0;
    BOOL done;
    int tries;
    snprintf(part, sizeof part, "%s.part", path);
    file = CreateFileW(wide(part), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    done = WriteFile(file, text, (DWORD)strlen(text), &written, NULL) && FlushFileBuffers(file);
    CloseHandle(file);
    for (tries = 0; done && tries < 20; tries++) { /* an antivirus may hold the file for a moment */
        if (MoveFileExW(wide(part), wide(path), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
            return 1;
        pause_step();
    }
    return 0;
}

static void remove_name(const char *path) { DeleteFileW(wide(path)); }

static HANDLE lock_handle = INVALID_HANDLE_VALUE;

static int take_lock(const char *path)
{
    lock_handle = CreateFileW(wide(path), GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, 0, NULL);
    return lock_handle != INVALID_HANDLE_VALUE;
}

static void let_lock_go(void)
{
    if (lock_handle != INVALID_HANDLE_VALUE)
        CloseHandle(lock_handle);
    lock_handle = INVALID_HANDLE_VALUE;
}

/* The arguments as they came: behind the launcher's own name in the command line. */
static const wchar_t *given_arguments(void)
{
    const wchar_t *at = GetCommandLineW();
    int quoted = 0;
    for (; *at && (quoted || (*at != L' ' && *at != L'\t')); at++)
        if (*at == L'"')
            quoted = !quoted;
    while (*at == L' ' || *at == L'\t')
        at++;
    return at;
}

typedef HANDLE Child;
static const Child no_child = NULL;

static volatile LONG child_listens;

/* Ctrl+C and Ctrl+Break reach a child at the same console: it ends its work, and the launcher gives its exit code. */
static BOOL WINAPI left_to_the_child(DWORD event)
{
    return child_listens && (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT);
}

static Child start(const char *path, const char *only_argument, int quiet)
{
    static wchar_t line[32768];
    STARTUPINFOW how;
    PROCESS_INFORMATION made;
    size_t room = sizeof line / sizeof line[0];
    memset(&how, 0, sizeof how);
    how.cb = sizeof how;
    if (only_argument)
        _snwprintf(line, room - 1, L"\"%ls\" %ls", wide(path), wide(only_argument));
    else
        _snwprintf(line, room - 1, L"\"%ls\" %ls", wide(path), given_arguments());
    line[room - 1] = 0;
    if (!CreateProcessW(wide(path), line, NULL, NULL, TRUE, quiet ? CREATE_NO_WINDOW : 0, NULL, NULL, &how, &made))
        return no_child;
    child_listens = !quiet;
    CloseHandle(made.hThread);
    return made.hProcess;
}

/* 1 and the exit code where the child has ended; a crash ends with an NTSTATUS above 0x80000000. */
static int has_ended(Child child, int *code)
{
    DWORD told = 0;
    if (WaitForSingleObject(child, 0) != WAIT_OBJECT_0)
        return 0;
    GetExitCodeProcess(child, &told);
    CloseHandle(child);
    *code = told == STATUS_CONTROL_C_EXIT ? ENDED_BY_OTHERS + 2 : told >= 0x80000000u ? DIED : (int)told;
    return 1;
}

static void kill_child(Child child)
{
    TerminateProcess(child, 1);
    WaitForSingleObject(child, 5000);
    CloseHandle(child);
}

static void watch(Child child) { (void)child; }
static void watch_no_more(void) {}

static void put_variable(const char *name, const char *value) { SetEnvironmentVariableW(wide(name), wide(value)); }

static int own_place(char *out, size_t most)
{
    static wchar_t name[PATH_MAX_BYTES];
    DWORD length = GetModuleFileNameW(NULL, name, PATH_MAX_BYTES);
    if (!length || length >= PATH_MAX_BYTES)
        return 0;
    return WideCharToMultiByte(CP_UTF8, 0, name, -1, out, (int)most, NULL, NULL) > 0;
}

static void find_own(void) { snprintf(own, sizeof own, "%s", base); }

#else

static char **arguments;

static int path_exists(const char *path) { return access(path, F_OK) == 0; }

static void pause_step(void)
{
    struct timespec step = {0, STEP_MS * 1000000L};
    nanosleep(&step, NULL);
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int read_bytes(const char *path, char *out, int most)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length;
    if (file < 0)
        return -1;
    length = read(file, out, (size_t)most);
    close(file);
    return (int)length;
}

static void sync_folder_of(const char *path)
{
    char folder[PATH_MAX_BYTES];
    char *slash;
    int handle;
    snprintf(folder, sizeof folder, "%s", path);
    slash = strrchr(folder, '/');
    if (!slash)
        return;
    *slash = 0;
    handle = open(folder, O_RDONLY | O_CLOEXEC);
    if (handle >= 0) {
        fsync(handle);
        close(handle);
    }
}

static int write_durably(const char *path, const char *text)
{
    char part[PATH_MAX_BYTES];
    int file;
    int done;
    snprintf(part, sizeof part, "%s.part", path);
    file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return 0;
    done = write(file, text, strlen(text)) == (ssize_t)strlen(text) && fsync(file) == 0;
    close(file);
    if (!done || rename(part, path) != 0)
        return 0;
    sync_folder_of(path);
    return 1;
}

static void remove_name(const char *path)
{
    if (unlink(path) == 0)
        sync_folder_of(path);
}

static int lock_handle = -1;

static int take_lock(const char *path)
{
    lock_handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_handle < 0)
        return 0;
    return flock(lock_handle, LOCK_EX | LOCK_NB) == 0;
}

static void let_lock_go(void)
{
    if (lock_handle >= 0)
        close(lock_handle);
    lock_handle = -1;
}

typedef pid_t Child;
static const Child no_child = -1;

static Child start(const char *path, const char *only_argument, int quiet)
{
    Child child = fork();
    if (child != 0)
        return child;
    if (quiet) {
        int nowhere = open("/dev/null", O_RDWR);
        if (nowhere >= 0) {
            dup2(nowhere, 0);
            dup2(nowhere, 1);
            dup2(nowhere, 2);
        }
        setpgid(0, 0); /* what it starts ends with it */
    }
    if (only_argument)
        execl(path, path, only_argument, (char *)NULL);
    else {
        arguments[0] = (char *)path;
        execv(path, arguments);
    }
    _exit(CANNOT_RUN);
}

static int has_ended(Child child, int *code)
{
    int told = 0;
    if (waitpid(child, &told, WNOHANG) != child)
        return 0;
    *code = DIED;
    if (WIFEXITED(told) && WEXITSTATUS(told) < CANNOT_RUN)
        *code = WEXITSTATUS(told);
    else { /* a shell between tells the signal as 128 and its number */
        int by = WIFSIGNALED(told) ? WTERMSIG(told) : WEXITSTATUS(told) - ENDED_BY_OTHERS;
        if (by == SIGTERM || by == SIGKILL || by == SIGINT || by == SIGHUP || by == SIGQUIT)
            *code = ENDED_BY_OTHERS + by;
    }
    return 1;
}

/* Who ends a launcher that watches a version means the program: the two go together. */
static volatile sig_atomic_t watched_child;

static void pass_on(int number)
{
    if (watched_child > 0)
        kill((pid_t)watched_child, number);
}

static void watch(Child child)
{
    struct sigaction how;
    memset(&how, 0, sizeof how);
    how.sa_handler = pass_on;
    watched_child = child;
    sigaction(SIGTERM, &how, NULL);
    sigaction(SIGHUP, &how, NULL);
}

static void watch_no_more(void)
{
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    watched_child = 0;
}

static void kill_child(Child child)
{
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void put_variable(const char *name, const char *value) { setenv(name, value, 1); }

static int own_place(char *out, size_t most)
{
    ssize_t length = readlink("/proc/self/exe", out, most - 1);
    if (length <= 0)
        return 0;
    out[length] = 0;
    return 1;
}

/* Where the launcher's folder is the system's, a person's own newer versions lie in the person's folder. */
static void find_own(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct stat told;
    snprintf(own, sizeof own, "%s", base);
    if (stat(base, &told) == 0 && told.st_uid != 0)
        return;
    if (geteuid() == 0 && access(base, W_OK) == 0)
        return;
    if (data && data[0] == '/')
        snprintf(own, sizeof own, "%s/ban-mot-cua/programs", data);
    else if (home && home[0] == '/')
        snprintf(own, sizeof own, "%s/.local/share/ban-mot-cua/programs", home);
}

#endif

/* --- pointers --------------------------------------------------------------------------------------------------- */

typedef struct {
    char version[WORD_BYTES], second[WORD_BYTES];
    int starts;
} Words;

/* A version is digits and dots: nothing else becomes part of a path. */
static int is_version(const char *text)
{
    return text[0] && strspn(text, "0123456789.") == strlen(text) && !strstr(text, "..") && text[0] != '.';
}

/* -1, 0 or 1; each number between the dots counts as a number. */
static int compared(const char *one, const char *other)
{
    while (*one || *other) {
        char *one_end, *other_end;
        unsigned long a = strtoul(one, &one_end, 10), b = strtoul(other, &other_end, 10);
        if (a != b)
            return a < b ? -1 : 1;
        one = *one_end == '.' ? one_end + 1 : one_end + strlen(one_end);
        other = *other_end == '.' ? other_end + 1 : other_end + strlen(other_end);
    }
    return 0;
}

static void path_in(char *out, const char *folder, const char *name)
{
    snprintf(out, PATH_MAX_BYTES, "%s" SEPARATOR "%s", folder, name);
}

static Words pointer(const char *folder, const char *name)
{
    char path[PATH_MAX_BYTES], text[256];
    Words found = {"", "", 0};
    int length;
    path_in(path, folder, name);
    length = read_bytes(path, text, sizeof text - 1);
    if (length <= 0)
        return found;
    text[length] = 0;
    if (sscanf(text, "%63s %63s %d", found.version, found.second, &found.starts) < 1 || !is_version(found.version))
        memset(&found, 0, sizeof found);
    return found;
}

static int put_pointer(const char *name, const char *text)
{
    char path[PATH_MAX_BYTES];
    path_in(path, own, name);
    return write_durably(path, text);
}

static void drop_pointer(const char *name)
{
    char path[PATH_MAX_BYTES];
    path_in(path, own, name);
    if (path_exists(path))
        remove_name(path);
}

/* The folder of a version that is there whole: a person's own before the system's. */
static int find_program(char *out, const char *version, const char *name)
{
    const char *places[2];
    int each;
    places[0] = own;
    places[1] = base;
    for (each = 0; each < 2; each++) {
        char whole[PATH_MAX_BYTES];
        snprintf(whole, sizeof whole, "%s" SEPARATOR "versions" SEPARATOR "%s" SEPARATOR "program.json", places[each],
                 version);
        if (!path_exists(whole))
            continue;
        snprintf(out, PATH_MAX_BYTES, "%s" SEPARATOR "versions" SEPARATOR "%s" SEPARATOR "%s" ENDING, places[each],
                 version, name);
        if (path_exists(out))
            return 1;
    }
    return 0;
}

/* The version that runs: what was chosen, unless the system has got a higher one since; else any that is there. */
static int find_current(char *version, char *path)
{
    Words chosen = pointer(own, "current"), system = pointer(base, "current"), before = pointer(own, "previous");
    const char *turns[3];
    int each;
    int is_outdone = system.version[0] && strcmp(system.version, chosen.second) != 0 &&
                     compared(system.version, chosen.version) > 0;
    turns[0] = chosen.version[0] && !is_outdone ? chosen.version : system.version;
    turns[1] = system.version;
    turns[2] = before.version;
    for (each = 0; each < 3; each++)
        if (turns[each][0] && find_program(path, turns[each], program)) {
            snprintf(version, WORD_BYTES, "%s", turns[each]);
            return 1;
        }
    return 0;
}

/* --- trial ------------------------------------------------------------------------------------------------------ */

static void give_up(const char *version, const char *why)
{
    char text[3 * WORD_BYTES];
    Words before = pointer(own, "previous"), now = pointer(own, "current");
    snprintf(text, sizeof text, "%s %s\n", version, why);
    put_pointer("failed", text);
    if (before.version[0] && strcmp(now.version, version) == 0) {
        snprintf(text, sizeof text, "%s %s\n", before.version, before.second);
        put_pointer("current", text);
    }
    drop_pointer("next");
    drop_pointer("trial");
}

/* As give_up: the version before runs now. Unless it has had all its starts, the next start tries it again. */
static void run_out_of_time(const char *version, const char *why, const char *again, int starts)
{
    char text[3 * WORD_BYTES];
    give_up(version, why);
    if (starts >= MOST_STARTS)
        return;
    snprintf(text, sizeof text, "%s %s %d\n", version, again, starts);
    put_pointer("next", text);
}

static int waited(Child child, long long until)
{
    int code = 0;
    while (!has_ended(child, &code)) {
        if (now_ms() > until) {
            kill_child(child);
            return TIMED_OUT;
        }
        pause_step();
    }
    return code;
}

/* Its exit code, 0 where all is well, or TIMED_OUT. */
static int selftest(const char *version, long long until)
{
    char path[PATH_MAX_BYTES], by[32];
    Child child;
    if (!find_program(path, version, "desk-app"))
        return CANNOT_RUN;
    /* So that it ends by itself: where the machine is slow, its own start takes of the time too. */
    snprintf(by, sizeof by, "%lld", (long long)time(NULL) + (until - now_ms()) / 1000 - 1);
    put_variable("DESK_SELFTEST_BY", by);
    child = start(path, "--selftest", 1);
    put_variable("DESK_SELFTEST_BY", "");
    return child == no_child ? CANNOT_RUN : waited(child, until);
}

/* A new version waits for its first start: test it, then let the pointer name it. */
static void begin_trial(const char *now, long long begun)
{
    char text[3 * WORD_BYTES], path[PATH_MAX_BYTES];
    Words next = pointer(own, "next"), system = pointer(base, "current");
    int code;
    if (!next.version[0])
        return;
    if (strcmp(next.version, now) == 0 || !find_program(path, next.version, program)) {
        drop_pointer("next");
        return;
    }
    code = strcmp(next.second, "tested") == 0 ? 0 : selftest(next.version, begun + SELFTEST_MS);
    if (code == TIMED_OUT) {
        run_out_of_time(next.version, "late", "late", next.starts + 1);
        return;
    }
    if (code != 0) {
        give_up(next.version, "selftest");
        return;
    }
    /* In this order a cut leaves the old version, or the new one on trial. */
    snprintf(text, sizeof text, "%s %s\n", now, system.version);
    if (!put_pointer("previous", text))
        return;
    snprintf(text, sizeof text, "%s new %d\n", next.version, next.starts);
    if (!put_pointer("trial", text))
        return;
    snprintf(text, sizeof text, "%s %s\n", next.version, system.version);
    if (!put_pointer("current", text))
        return;
    drop_pointer("next");
    if (strcmp(pointer(own, "failed").version, next.version) == 0)
        drop_pointer("failed");
}

/* Waits for a version on trial; 1 and its exit code where it is to stay so far, 0 where it was given up. */
static int watched(const char *version, Child child, long long until, int *code)
{
    int was_alive = 0;
    for (;;) {
        int is_over = has_ended(child, code);
        Words trial = pointer(own, "trial");
        was_alive = was_alive || strcmp(trial.version, version) != 0 || strcmp(trial.second, "new") != 0;
        if (is_over) {
            int is_settled = strcmp(trial.version, version) != 0;
            int is_its_fault = *code < ENDED_BY_OTHERS || *code == DIED;
            if (*code == GO_BACK || (!was_alive && is_its_fault) || (*code == DIED && !is_settled)) {
                give_up(version, *code == GO_BACK ? "data" : was_alive ? "died" : "start");
                return 0;
            }
            return 1;
        }
        if (!was_alive && now_ms() > until) {
            kill_child(child);
            run_out_of_time(version, "mark", "tested", trial.starts);
            return 0;
        }
        pause_step();
    }
}

/* Runs a version on trial: the same. */
static int tried(const char *version, const char *path, long long until, int *code)
{
    Words trial = pointer(own, "trial");
    char text[3 * WORD_BYTES];
    int stays;
    Child child;
    if (strcmp(trial.second, "new") == 0 && trial.starts >= MOST_STARTS) {
        give_up(version, "start");
        return 0;
    }
    if (strcmp(trial.second, "new") == 0) {
        snprintf(text, sizeof text, "%s new %d\n", version, trial.starts + 1);
        put_pointer("trial", text);
    }
    child = start(path, NULL, 0);
    if (child == no_child) {
        give_up(version, "start");
        return 0;
    }
    watch(child);
    stays = watched(version, child, until, code);
    watch_no_more();
    return stays;
}

/* --- start ------------------------------------------------------------------------------------------------------ */

static int run_for_good(const char *path)
{
#ifdef _WIN32
    int code = 0;
    Child child = start(path, NULL, 0);
    if (child == no_child)
        return REFUSED;
    WaitForSingleObject(child, INFINITE);
    has_ended(child, &code);
    return code == DIED ? REFUSED : code;
#else
    arguments[0] = (char *)path;
    execv(path, arguments);
    return REFUSED;
#endif
}

static int find_place(void)
{
    char *last;
    size_t length, ending = strlen(ENDING);
    if (!own_place(base, sizeof base))
        return 0;
    last = strrchr(base, SEPARATOR[0]);
    if (!last || strlen(last + 1) >= sizeof program)
        return 0;
    *last = 0;
    snprintf(program, sizeof program, "%s", last + 1);
    length = strlen(program);
    if (ending && length > ending)
        program[length - ending] = 0;
    find_own();
    return 1;
}

int main(int count, char **given)
{
    char version[WORD_BYTES], path[PATH_MAX_BYTES], lock[PATH_MAX_BYTES];
    long long begun = now_ms();
    int code = REFUSED;
#ifdef _WIN32
    SetConsoleCtrlHandler(left_to_the_child, TRUE);
#else
    arguments = given;
#endif
    (void)count;
    (void)given;
    if (!find_place())
        return REFUSED;
    put_variable("DESK_PROGRAMS", own);
    put_variable("DESK_PROGRAMS_BASE", base);
    if (!find_current(version, path)) {
        fprintf(stderr, "Bàn Một Cửa: không thấy chương trình trong %s. Cài lại từ bộ cài.\n", base);
        return REFUSED;
    }
    path_in(lock, own, "lock");
    /* A server is no trial: nobody sits before it to see. One launcher tries at a time; others run what is current. */
    if (strcmp(program, "desk-district") != 0 && path_exists(own) && take_lock(lock)) {
        begin_trial(version, begun);
        if (find_current(version, path) && strcmp(pointer(own, "trial").version, version) == 0 &&
            tried(version, path, begun + LIMIT_MS, &code)) {
            let_lock_go();
            return code == DIED ? REFUSED : code;
        }
        let_lock_go();
        if (!find_current(version, path))
            return REFUSED;
    }
    return run_for_good(path);
}
