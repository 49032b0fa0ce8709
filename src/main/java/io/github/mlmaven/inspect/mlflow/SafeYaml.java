package io.github.mlmaven.inspect.mlflow;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML as maps, lists and plain values: tags name no classes, and depth, size and aliases are bounded. */
final class SafeYaml {

    static final int MAX_BYTES = 4 << 20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_BYTES)
            .build();

    private SafeYaml() {}

    /** The only document in it; of an empty one an empty text. */
    static Object read(byte[] bytes) throws MalformedException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            checkDepth(text);
            Object document = new Load(SETTINGS).loadFromString(text);
            return document == null ? "" : document;
        } catch (CharacterCodingException e) {
            throw corrupt("it is not YAML", "UTF-8", "other bytes");
        } catch (YamlEngineException e) {
            String line = e instanceof MarkedYamlEngineException marked
                    ? marked.getProblemMark()
                            .map(mark -> " in line " + (mark.getLine() + 1))
                            .orElse("")
                    : "";
            throw corrupt("it is not YAML", "YAML", "something else" + line);
        }
    }

    /** Events come without recursion; the loader would recurse as deep as the text does. */
    private static void checkDepth(String text) throws MalformedException {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw MalformedException.limit("it is nested too deep", "at most " + MAX_DEPTH + " levels", "more");
            }
        }
    }
}
