package io.github.mlmaven.inspect.scan.keras;

/**
 * What Keras makes an object of: it imports the module and takes what is named there (CVE-2025-1550). Where the
 * configuration says nothing, an empty text.
 *
 * @param className a class, or {@code function}
 * @param module where it is imported from
 * @param registered under which name the program that loads it may have registered it
 * @param name of a function
 */
record KerasObject(String className, String module, String registered, String name) {

    /** Says what is wrong with it. */
    void judge(Suspicions suspicions, boolean withinIsSuspected, boolean customIsCode) {
        if (!KerasNames.computes(module) && PythonNames.isWeapon(module, called())) {
            suspicions.malicious(full());
        } else if (className.equals("TorchModuleWrapper")) {
            suspicions.pickle("the layer TorchModuleWrapper, which holds a module of PyTorch");
        } else if (className.equals("TFSMLayer")) {
            suspicions.code("the layer TFSMLayer, which runs a SavedModel from another place");
        } else if (className.equals("Lambda") || className.equals("__lambda__")) {
            // What its function is says more, and has been said.
            if (!withinIsSuspected) {
                suspicions.code("a Lambda layer");
            }
        } else if (customIsCode && !isOfKeras()) {
            suspicions.code(isFunction() ? "the function " + full() : "the custom object " + full());
        }
    }

    private boolean isOfKeras() {
        if (className.isEmpty() && name.isEmpty()) {
            return true;
        }
        if (registered.contains(">") || className.contains(">")) {
            return false;
        }
        if (className.isEmpty() && module.isEmpty() && name.contains(".")) {
            // A function of TensorFlow's public interface, of a TFOpLambda: math.add.
            return true;
        }
        if (isFunction()) {
            return KerasNames.computes(module)
                    || (KerasNames.isFunction(called())
                            && (module.isEmpty() || module.equals("builtins") || KerasNames.isKeras(module)));
        }
        if (module.startsWith("tensorflow.python.framework.") && className.equals("__typespec__")) {
            return true;
        }
        return module.isEmpty() ? KerasNames.isClass(className) : KerasNames.isKeras(module);
    }

    /** In Keras classes start with a capital letter, so {@code "class_name": "get_file"} is a function too. */
    private boolean isFunction() {
        return className.isEmpty() || Character.isLowerCase(className.charAt(0));
    }

    private String called() {
        return (className.isEmpty() || className.equals("function") || className.equals("__typespec__"))
                ? name
                : className;
    }

    private String full() {
        String full = module.isEmpty() ? called() : module + "." + called();
        return registered.contains(">") ? full + ", registered as " + registered : full;
    }
}
