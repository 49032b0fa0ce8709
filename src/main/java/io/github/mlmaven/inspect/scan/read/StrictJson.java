package io.github.mlmaven.inspect.scan.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON in UTF-8, token by token, with bounds on all that a parser keeps. */
public final class StrictJson {

    /** The longest text that can be asked for; what is skipped may be longer. */
    public static final int MAX_TEXT = 4 << 20;

    /** Not canonicalised: a hostile file has millions of names, and a parser would keep them all. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNameLength(50_000)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private StrictJson() {}

    /** A parser before the first token; closing it closes the stream. */
    public static JsonParser open(InputStream in) throws IOException {
        return FACTORY.createParser(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    /** The exception about the content that another one is; the other one itself when it is about the disk. */
    public static MalformedException malformed(String what, IOException e) throws IOException {
        if (e instanceof JsonProcessingException json) {
            String at = json.getLocation() == null
                    ? "something else"
                    : "something else before character " + json.getLocation().getCharOffset();
            return MalformedException.corrupt(what + " is not JSON", "JSON", at);
        }
        if (e instanceof CharacterCodingException) {
            return MalformedException.corrupt(what + " is not JSON", "UTF-8", "other bytes");
        }
        throw e;
    }
}
