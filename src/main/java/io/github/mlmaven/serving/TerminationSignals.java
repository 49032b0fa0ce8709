package io.github.mlmaven.serving;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Runs an action on SIGTERM and SIGINT instead of the JVM's own shutdown, which would end with exit code 143.
 * {@code sun.misc.Signal} (module jdk.unsupported) is the only way, and javac warns of it whatever one suppresses, so
 * it is reached by reflection.
 */
final class TerminationSignals {

    private TerminationSignals() {}

    /** The action runs on a thread of its own. */
    static void onTermination(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    TerminationSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : new String[] {"TERM", "INT"}) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
            }
        } catch (ReflectiveOperationException e) {
            // Without the module, or where the platform keeps a signal to itself: drains all the same, exit code 143.
            Runtime.getRuntime().addShutdownHook(new Thread(action, "shutdown"));
        }
    }
}
