package io.github.mlmaven.inspect.scan.pickle;

import java.util.List;

/** What attackers import, from the advisories about scanners that did not know it. */
final class HostileGlobals {

    private static final List<String> GLOBALS = List.of(
            "os system",
            "posix system",
            "nt system",
            "os popen",
            "os.path os.system",
            "subprocess check_output",
            "subprocess Popen",
            "_posixsubprocess fork_exec",
            "pty spawn",
            "commands getoutput",
            "builtins eval",
            "builtins exec",
            "builtins compile",
            "builtins getattr",
            "builtins __import__",
            "builtins open",
            "__builtin__ eval",
            "__builtin__ execfile",
            "__builtin__ apply",
            "io open",
            "importlib import_module",
            "importlib.util spec_from_file_location",
            "imp load_source",
            "pkgutil resolve_name",
            "pkg_resources load_entry_point",
            "runpy _run_code",
            "runpy run_path",
            "sys setprofile",
            "sys modules",
            "socket create_connection",
            "ssl get_server_certificate",
            "shutil rmtree",
            "webbrowser open",
            "asyncio.unix_events _UnixSubprocessTransport._start",
            "multiprocessing.util spawnv_passfds",
            "multiprocessing.process BaseProcess",
            "code InteractiveInterpreter.runcode",
            "codeop compile_command",
            "bdb Bdb.run",
            "pdb run",
            "timeit timeit",
            "timeit main",
            "cProfile run",
            "cProfile runctx",
            "profile Profile.runctx",
            "trace Trace.runctx",
            "doctest debug_script",
            "idlelib.autocomplete AutoComplete.get_entity",
            "idlelib.calltip get_entity",
            "idlelib.pyshell ModifiedInterpreter.runcommand",
            "idlelib.run Executive.runcode",
            "idlelib.debugobj ObjectTreeItem.SetText",
            "lib2to3.pgen2.grammar Grammar.loads",
            "lib2to3.pgen2.pgen ParserGenerator.make_label",
            "pydoc pipepager",
            "pydoc locate",
            "_pyrepl.pager pipe_pager",
            "_osx_support _read_output",
            "_aix_support _read_cmd_output",
            "uuid _get_command_stdout",
            "test.support.script_helper assert_python_ok",
            "distutils.file_util write_file",
            "distutils.spawn spawn",
            "venv create",
            "ensurepip _run_pip",
            "pip main",
            "pip._internal main",
            "logging.config listen",
            "imaplib IMAP4_stream",
            "ctypes CDLL",
            "ctypes.util find_library",
            "cffi FFI",
            "marshal loads",
            "pickle loads",
            "_pickle loads",
            "cPickle loads",
            "dill loads",
            "cloudpickle loads",
            "joblib load",
            "shelve open",
            "functools reduce",
            "operator methodcaller",
            "operator attrgetter",
            "_operator attrgetter",
            "itertools starmap",
            "gc get_objects",
            "copyreg add_extension",
            "requests get",
            "urllib.request urlopen",
            "httplib HTTPSConnection",
            "http.client HTTPSConnection",
            "aiohttp.client ClientSession",
            "smtplib SMTP",
            "ftplib FTP",
            "xmlrpc.client ServerProxy",
            "sqlite3 connect",
            "linecache getlines",
            "pathlib Path.write_text",
            "numpy.testing._private.utils runstring",
            "numpy.testing runstring",
            "numpy.f2py.crackfortran getlincoef",
            "numpy.f2py.crackfortran _eval_length",
            "numpy.distutils.exec_command exec_command",
            "numpy load",
            "numpy.lib.npyio load",
            "numpy memmap",
            "pandas read_pickle",
            "pandas.io.pickle read_pickle",
            "pandas eval",
            "pandas.core.frame DataFrame.eval",
            "torch load",
            "torch hub.load",
            "torch.hub load_state_dict_from_url",
            "torch.utils.bottleneck.__main__ run_cprofile",
            "torch.utils.collect_env run",
            "torch.utils.cpp_extension load_inline",
            "torch.utils._config_module ConfigModule.load_config",
            "torch._dynamo.guards GuardBuilder.get",
            "torch.fx.experimental.symbolic_shapes ShapeEnv.evaluate_guards_expression",
            "torch.jit.unsupported_tensor_ops execWrapper",
            "torch.serialization os.system",
            "torch._inductor.codecache compile_file",
            "sklearn.utils os.system",
            "six.moves builtins.eval",
            "tensorflow.python.ops.script_ops EagerPyFunc",
            "numexpr evaluate",
            "sympy sympify",
            "yaml unsafe_load",
            "collections OrderedDict.__init__.__globals__",
            "numpy ndarray.__class__.__base__.__subclasses__",
            "antigravity geohash");

    private HostileGlobals() {}

    static void addTo(PickleCorpus corpus) {
        int protocol = 0;
        for (String global : GLOBALS) {
            String module = global.substring(0, global.indexOf(' '));
            String name = global.substring(global.indexOf(' ') + 1);
            byte[] bytes = switch (protocol) {
                case 0 ->
                    new PickleWriter()
                            .global(module, name)
                            .raw("(S'id'\np0\ntp1\nRp2\n.")
                            .written();
                case 1 ->
                    new PickleWriter()
                            .global(module, name)
                            .raw("(U\u0002idq\u0000tR.")
                            .written();
                case 2, 3 ->
                    PickleWriter.protocol(protocol)
                            .global(module, name)
                            .put(0)
                            .callWith("id")
                            .stop();
                default ->
                    PickleWriter.protocol(protocol)
                            .stackGlobal(module, name)
                            .callWith("id")
                            .stop();
            };
            corpus.hostile(global + " in protocol " + protocol, bytes);
            protocol = (protocol + 1) % 6;
        }
    }
}
