/* python.exe for the tests under Wine: the interpreter of the program's folder takes any arguments, as sys.executable must. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*PyMain)(int, wchar_t **);

int wmain(int count, wchar_t **given) {
    HMODULE python = LoadLibraryW(PYTHON L".dll");
    PyMain run = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **told = calloc((size_t)count + 3, sizeof *told);
    if (run == NULL || told == NULL) return 3;
    int n = 0;
    told[n++] = given[0];
    told[n++] = L"-X"; /* the program's own launcher says so too: the files are UTF-8 */
    told[n++] = L"utf8";
    for (int i = 1; i < count; i++) told[n++] = given[i];
    return run(n, told);
}
