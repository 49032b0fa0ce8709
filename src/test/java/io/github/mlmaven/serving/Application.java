package io.github.mlmaven.serving;

/** What a generated entrypoint looks like to the server. */
public final class Application {

    private Application() {}

    /** Serves. */
    public static void main(String[] args) {
        ModelServer.run(Application.class, args);
    }
}
