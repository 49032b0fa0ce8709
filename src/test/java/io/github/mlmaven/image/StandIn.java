package io.github.mlmaven.image;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies of entrypoints that behave in a way of their own, to see what the build makes of it. */
final class StandIn {

    /** What add-sub answers to the golden case of {@link SampleProject}. */
    static final String RIGHT = outputs(0);

    /** The same with the element 2 of the second output off by one. */
    static final String WRONG = outputs(1);

    private StandIn() {}

    /** Answers every request with this document, and stops with exit code 0. */
    static String answering(String document) {
        return server(200, document, 0);
    }

    /** Answers every request with a status and a document, and stops with an exit code. */
    static String server(int status, String document, int exit) {
        return "byte[] answer = \"" + document.replace("\"", "\\\"") + "\".getBytes(\"UTF-8\");\n"
                + "var server = com.sun.net.httpserver.HttpServer.create("
                + "new java.net.InetSocketAddress(\"127.0.0.1\", 0), 0);\n"
                + "server.createContext(\"/\", x -> { x.getRequestBody().readAllBytes(); x.sendResponseHeaders("
                + status + ", answer.length); x.getResponseBody().write(answer); x.close(); });\n"
                + "server.start();\n"
                + "Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(" + exit + ")));\n"
                + "System.out.println(\"ready on port \" + server.getAddress().getPort());";
    }

    private static String outputs(int error) {
        String sums = IntStream.range(0, 16).mapToObj(i -> "" + (i + 3)).collect(Collectors.joining(","));
        String differences = IntStream.range(0, 16)
                .mapToObj(i -> "" + (i - 3 + (i == 2 ? error : 0)))
                .collect(Collectors.joining(","));
        return "{\"outputs\":[" + output("OUTPUT0", sums) + "," + output("OUTPUT1", differences) + "]}";
    }

    private static String output(String name, String data) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"INT32\",\"shape\":[1,16],\"data\":[" + data + "]}";
    }
}
