package io.github.mlmaven.inspect.scan.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.mlmaven.finding.Finding;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a configuration of Keras in JSON as a stream, and judges every object that it makes. */
public final class KerasConfig {

    static final int DEPTH = 500;
    static final int TEXT = 4 << 20;

    /** Without names that are kept for the next file, and with the numbers that Python writes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(TEXT)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** For names only: values are skipped without being kept. */
    private static final JsonFactory NAMES = JSON.rebuild()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200 * DEPTH).build())
            .build();

    private final Suspicions suspicions;
    private final boolean customIsCode;
    private final Deque<JsonNode> open = new ArrayDeque<>();
    private boolean keras;
    private int documents;

    private KerasConfig(Suspicions suspicions, boolean customIsCode) {
        this.suspicions = suspicions;
        this.customIsCode = customIsCode;
    }

    /**
     * What was read.
     *
     * @param isKeras whether it is a configuration of Keras as far as it could be read
     * @param isComplete whether it could be read to its end; Python may read what was not read here
     */
    public record Judgement(boolean isKeras, boolean isComplete, List<Finding> findings) {
        public Judgement {
            findings = List.copyOf(findings);
        }
    }

    /** A configuration that Keras makes a model of, custom objects included. */
    public static Judgement ofModel(InputStream json, String place) throws IOException {
        return read(json, place, true);
    }

    /** The description of a layer in a SavedModel: what Keras does not know there, it takes from the graph. */
    public static Judgement ofMetadata(InputStream json, String place) throws IOException {
        return read(json, place, false);
    }

    /** Whether the outermost object is one of Keras, however large its values are. */
    static boolean isOfKeras(InputStream json) throws IOException {
        Set<String> missing = new HashSet<>(Set.of("class_name", "config"));
        try (JsonParser parser = NAMES.createParser(json)) {
            for (JsonToken token = parser.nextToken();
                    token != null && !missing.isEmpty();
                    token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot()) {
                    missing.remove(parser.currentName());
                }
            }
        } catch (JsonProcessingException | CharConversionException e) {
            return false;
        }
        return missing.isEmpty();
    }

    private static Judgement read(InputStream json, String place, boolean customIsCode) throws IOException {
        Suspicions suspicions = new Suspicions(place);
        KerasConfig config = new KerasConfig(suspicions, customIsCode);
        boolean complete = false;
        try (JsonParser parser = JSON.createParser(json)) {
            config.read(parser);
            complete = true;
        } catch (StreamConstraintsException e) {
            suspicions.limit("more");
        } catch (JsonProcessingException e) {
            suspicions.corrupt(e.getOriginalMessage());
        } catch (CharConversionException e) {
            suspicions.corrupt(String.valueOf(e.getMessage()));
        }
        return new Judgement(config.keras, complete, suspicions.findings());
    }

    private void read(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (open.isEmpty() && ++documents == 2) {
                suspicions.corrupt("something behind the document");
            }
            switch (token) {
                case START_OBJECT, START_ARRAY -> open.push(new JsonNode(suspicions.running()));
                case FIELD_NAME -> field(parser.currentName());
                case VALUE_STRING -> text(parser.getText());
                case END_OBJECT, END_ARRAY -> close(open.pop());
                default -> {}
            }
        }
        if (documents == 0) {
            suspicions.corrupt("an empty file");
        }
    }

    private void field(String name) {
        if (!open.element().enter(name)) {
            suspicions.corrupt("\"" + name + "\" twice in one object");
        }
    }

    private void text(String text) {
        Bytecode.of(text).ifPresent(code -> {
            if (code.weapons().isEmpty()) {
                suspicions.code("a Lambda layer with marshalled Python bytecode");
            } else {
                suspicions.malicious("marshalled Python bytecode that names " + String.join(", ", code.weapons()));
            }
        });
        JsonNode node = open.peek();
        if (node != null) {
            node.text(text);
            if (node.readsFile() && !text.isEmpty()) {
                suspicions.path(text);
            }
        }
    }

    private void close(JsonNode node) {
        node.object().judge(suspicions, suspicions.running() > node.suspectedBefore(), customIsCode);
        keras |= open.isEmpty() && node.isRootOfKeras();
    }
}
