package io.github.mlmaven.inspect.scan.keras;

import java.util.Set;

/** Names of Python that no layer needs: they start programs, open files and connections, or evaluate text. */
final class PythonNames {

    private static final Set<String> MODULES = Set.of(
            "os",
            "posix",
            "nt",
            "subprocess",
            "_posixsubprocess",
            "sys",
            "shutil",
            "socket",
            "_socket",
            "ssl",
            "pty",
            "importlib",
            "imp",
            "runpy",
            "pkgutil",
            "zipimport",
            "ctypes",
            "_ctypes",
            "cffi",
            "pickle",
            "_pickle",
            "cPickle",
            "marshal",
            "shelve",
            "dill",
            "cloudpickle",
            "joblib",
            "urllib",
            "urllib2",
            "urllib3",
            "requests",
            "http",
            "httplib",
            "httpx",
            "aiohttp",
            "ftplib",
            "smtplib",
            "telnetlib",
            "poplib",
            "imaplib",
            "paramiko",
            "xmlrpc",
            "webbrowser",
            "antigravity",
            "code",
            "codeop",
            "pdb",
            "bdb",
            "asyncio",
            "multiprocessing",
            "concurrent",
            "signal",
            "tempfile",
            "pathlib",
            "glob",
            "fileinput",
            "io",
            "_io",
            "zipfile",
            "tarfile",
            "commands",
            "popen2",
            "pip",
            "setuptools",
            "distutils",
            "ensurepip",
            "venv",
            "timeit",
            "cProfile",
            "profile",
            "trace",
            "sqlite3",
            "winreg",
            "_winreg",
            "msvcrt",
            "mmap",
            "fcntl",
            "sched",
            "site",
            "gc",
            "platform",
            "idlelib",
            "doctest");

    /** Those of them that harmless code uses as names of its own. */
    private static final Set<String> WORDS = Set.of(
            "code", "trace", "profile", "signal", "platform", "io", "site", "glob", "sched", "concurrent", "commands");

    private static final Set<String> BUILTINS = Set.of(
            "exec",
            "eval",
            "compile",
            "open",
            "__import__",
            "getattr",
            "setattr",
            "delattr",
            "globals",
            "locals",
            "vars",
            "input",
            "breakpoint",
            "execfile",
            "file",
            "reload",
            "help",
            "exit",
            "quit");

    /** What Keras and TensorFlow have of that kind, as {@code keras.utils.get_file} of CVE-2025-8747. */
    private static final Set<String> FRAMEWORK = Set.of(
            "get_file",
            "load_model",
            "load_weights",
            "save_model",
            "save_weights",
            "load_data",
            "download",
            "enable_unsafe_deserialization",
            "deserialize_keras_object",
            "func_load",
            "func_dump",
            "extract_archive",
            "model_from_json",
            "model_from_yaml",
            "model_from_config",
            "load_model_from_hdf5",
            "load_img",
            "save_img",
            "image_dataset_from_directory",
            "text_dataset_from_directory",
            "audio_dataset_from_directory",
            "read_file",
            "write_file",
            "matching_files",
            "ReadFile",
            "WriteFile",
            "MatchingFiles",
            "py_func",
            "py_function",
            "numpy_function",
            "PyFunc",
            "PyFuncStateless",
            "EagerPyFunc",
            "load_op_library",
            "load_library",
            "load_file_system_library",
            "rmtree",
            "makedirs");

    /** In bytecode only names are seen, not what they belong to. */
    private static final Set<String> IN_BYTECODE = Set.of(
            "system",
            "popen",
            "Popen",
            "spawn",
            "spawnl",
            "spawnv",
            "posix_spawn",
            "execv",
            "execve",
            "execvp",
            "fork",
            "forkpty",
            "check_output",
            "check_call",
            "getoutput",
            "getstatusoutput",
            "import_module",
            "urlopen",
            "urlretrieve",
            "create_connection",
            "connect",
            "sendall",
            "recv",
            "CDLL",
            "windll",
            "environ",
            "getenv",
            "unlink",
            "rmtree",
            "removedirs",
            "kill",
            "chmod",
            "builtins",
            "__builtins__",
            "__subclasses__",
            "__globals__",
            "b64decode",
            "FunctionType",
            "CodeType",
            "exec",
            "eval",
            "__import__",
            "getattr",
            "globals",
            "open",
            "breakpoint",
            "execfile");

    private PythonNames() {}

    /** Whether whatever comes of this module reaches out of the model. */
    static boolean isWeapon(String module) {
        int dot = module.indexOf('.');
        String root = dot < 0 ? module : module.substring(0, dot);
        return MODULES.contains(root) && (dot < 0 || !WORDS.contains(root));
    }

    /** Whether this of this module does; without a module it is looked for everywhere. */
    static boolean isWeapon(String module, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (module.isEmpty()) {
            return BUILTINS.contains(last) || FRAMEWORK.contains(last) || (name.contains(".") && isWeapon(name));
        }
        if (module.equals("builtins") || module.equals("__builtin__") || module.equals("__main__")) {
            return BUILTINS.contains(last) || FRAMEWORK.contains(last);
        }
        return isWeapon(module) || FRAMEWORK.contains(last);
    }

    /** Whether bytecode that names this does. */
    static boolean isWeaponInBytecode(String name) {
        return IN_BYTECODE.contains(name) || (isWeapon(name) && !WORDS.contains(name));
    }
}
