package io.github.mlmaven.serving.openapi;

import static io.github.mlmaven.serving.openapi.JsonTree.object;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The parts that paths of every protocol consist of. */
final class Operations {

    private static final String JSON = "application/json";

    private Operations() {}

    /** A name as a segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Map<String, Object> ref(String component) {
        return object("$ref", "#/components/schemas/" + component);
    }

    /** A path that answers GET. */
    static Map<String, Object> get(String tag, String id, String summary, Map<String, Object> responses) {
        return object(
                "get", object("tags", List.of(tag), "operationId", id, "summary", summary, "responses", responses));
    }

    /** A path that takes a request by POST. */
    static Map<String, Object> post(
            String tag, String id, String summary, Map<String, Object> content, Map<String, Object> responses) {
        return object(
                "post",
                object(
                        "tags",
                        List.of(tag),
                        "operationId",
                        id,
                        "summary",
                        summary,
                        "requestBody",
                        object("required", true, "content", content),
                        "responses",
                        responses));
    }

    /** JSON of this schema. */
    static Map<String, Object> json(Map<String, Object> schema) {
        return object(JSON, object("schema", schema));
    }

    /** JSON of this schema, with an example. */
    static Map<String, Object> json(Map<String, Object> schema, Object example) {
        return object(JSON, object("schema", schema, "example", example));
    }

    /** One response and no other. */
    static Map<String, Object> only(String description) {
        return object("200", object("description", description));
    }

    /** One response with content and no other. */
    static Map<String, Object> only(String description, Map<String, Object> content) {
        return object("200", object("description", description, "content", content));
    }

    /** A prediction, or one of the errors that inference may end with. */
    static Map<String, Object> inference(Map<String, Object> content) {
        Map<String, Object> responses = only("The prediction.", content);
        responses.put("400", error("The request is wrong; the message says what, where, expected and found."));
        responses.put("404", error("No such model or version."));
        responses.put("413", error("The body is too large."));
        responses.put("415", error("Another Content-Type or Content-Encoding is expected."));
        responses.put("500", error("The engine failed."));
        responses.put("503", error("Not ready, or too much waits: try again after Retry-After seconds."));
        responses.put("504", error("The deadline passed before the model ran."));
        return responses;
    }

    private static Map<String, Object> error(String description) {
        return object("description", description, "content", json(ref("Error")));
    }
}
