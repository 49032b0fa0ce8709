package com.acme;

/** The user's own code beside the generated entrypoint. */
public final class Start {
    private Start() {}

    public static void main(String[] args) {
        System.out.println(Greeting.TEXT);
        SumsServer.main(args);
    }
}
