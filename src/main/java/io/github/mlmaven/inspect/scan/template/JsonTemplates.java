package io.github.mlmaven.inspect.scan.template;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.read.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The templates in a JSON document: every text under a key such as {@code chat_template}, at whatever depth and however
 * often, be it the template itself or a list of {@code {"name": …, "template": …}}.
 */
final class JsonTemplates {

    private static final String KEY = "chat_template";
    private static final int MAX_FINDINGS = 100;

    private final Content content;
    private final List<Finding> findings = new ArrayList<>();
    private boolean found;

    private JsonTemplates(Content content) {
        this.content = content;
    }

    /** What is wrong with them; empty when there are none, or when it is no JSON. */
    static Optional<List<Finding>> check(Content content) throws IOException {
        JsonTemplates templates = new JsonTemplates(content);
        boolean whole = templates.read();
        return templates.found && (whole || !templates.findings.isEmpty())
                ? Optional.of(templates.findings)
                : Optional.empty();
    }

    private boolean read() throws IOException {
        try (JsonParser json = StrictJson.open(content.open())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().contains(KEY)) {
                    String key = json.currentName();
                    found = true;
                    json.nextToken();
                    readValue(json, key);
                }
            }
            return true;
        } catch (JsonProcessingException | CharacterCodingException e) {
            return false;
        }
    }

    private void readValue(JsonParser json, String key) throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token == JsonToken.VALUE_STRING) {
                judge(json, key);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && json.nextToken() != null);
    }

    private void judge(JsonParser json, String key) throws IOException {
        if (findings.size() >= MAX_FINDINGS) {
            return;
        }
        String template;
        try {
            template = json.getText();
        } catch (StreamConstraintsException e) {
            findings.add(ChatTemplate.tooLong(content.place(), key));
            throw e;
        }
        if (template.length() > ChatTemplate.MAX_LENGTH) {
            findings.add(ChatTemplate.tooLong(content.place(), key));
        } else {
            findings.addAll(ChatTemplate.check(template, content.place(), key));
        }
    }
}
