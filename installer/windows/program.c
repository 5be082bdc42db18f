/* The program inside a version's folder, one source for three names: starts Python from the folder beside it.
   What is loaded comes from that folder or from Windows, never from PATH or the folder a person stands in. MODULE names what runs. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*PyMain)(int, wchar_t **);

static int missing(const wchar_t *told) {
    MessageBoxW(NULL, told, L"Bàn Một Cửa", MB_ICONERROR | MB_OK);
    return 3;
}

static int start(int count, wchar_t **given) {
    static wchar_t here[32768];
    DWORD length = GetModuleFileNameW(NULL, here, 32768);
    wchar_t *cut = wcsrchr(here, L'\\');
    if (length == 0 || length >= 32700 || cut == NULL) return missing(L"Đường dẫn của chương trình dài quá. Hãy cài vào thư mục khác.");
    wcscpy(cut + 1, L"" PYTHON L".dll");
    SetDllDirectoryW(L"");
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    HMODULE python = LoadLibraryExW(here, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (python == NULL) return missing(L"Thiếu tệp " PYTHON L".dll của chương trình. Hãy chạy lại bộ cài.");
    PyMain run = (PyMain)(void *)GetProcAddress(python, "Py_Main");
    wchar_t **told = calloc((size_t)count + 9, sizeof *told);
    if (run == NULL || told == NULL) return missing(L"Tệp " PYTHON L".dll bị hỏng. Hãy chạy lại bộ cài.");
    int n = 0;
    told[n++] = given[0];
    told[n++] = L"-I"; /* neither the machine's Python nor its variables */
    told[n++] = L"-X";
    told[n++] = L"utf8";
#ifdef INSTALLED
    told[n++] = L"-X"; /* desk_app/places.py: started without an interpreter of its own beside it */
    told[n++] = L"installed";
#endif
    told[n++] = L"-m";
    told[n++] = L"" MODULE;
    for (int i = 1; i < count; i++) told[n++] = given[i];
    return run(n, told);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, PWSTR line, int shown) {
    (void)own; (void)before; (void)line; (void)shown;
    return start(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **given) { return start(count, given); }
#endif
