package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.ContractJson;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** Writes a lock's fields: {@code lockVersion}, then the rest by name. */
final class LockWriter {

    private final JsonGenerator json;

    LockWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Lock lock) throws IOException {
        json.writeStartObject();
        json.writeNumberField("lockVersion", Lock.VERSION);
        json.writeFieldName("base");
        write(lock.base());
        write(lock, Section.DEPENDENCIES);
        json.writeStringField("engine", lock.engine());
        write(lock, Section.EXTENSIONS);
        json.writeNumberField("javaRelease", lock.javaRelease());
        json.writeObjectFieldStart("models");
        for (var model : lock.models().entrySet()) {
            json.writeFieldName(model.getKey());
            write(model.getValue());
        }
        json.writeEndObject();
        writeSettings("packaging", lock.packaging());
        write(lock, Section.PLUGIN_DEPENDENCIES);
        write(lock, Section.PLUGINS);
        write(lock, Section.POMS);
        json.writeStringField("serving", lock.serving());
        writeSettings("verification", lock.verification());
        json.writeEndObject();
    }

    private void writeSettings(String field, SortedMap<String, String> settings) throws IOException {
        json.writeObjectFieldStart(field);
        for (var setting : settings.entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
    }

    private void write(BaseIdentity base) throws IOException {
        json.writeStartObject();
        if (base instanceof BaseIdentity.Registry registry) {
            json.writeStringField("kind", "registry");
            json.writeObjectFieldStart("platforms");
            for (var platform : registry.platforms().entrySet()) {
                json.writeStringField(platform.getKey(), platform.getValue().toString());
            }
            json.writeEndObject();
            json.writeStringField("reference", registry.reference());
        } else if (base instanceof BaseIdentity.Jdk jdk) {
            json.writeStringField("kind", "jdk");
            json.writeObjectFieldStart("libraries");
            for (var library : jdk.libraries().entrySet()) {
                json.writeStringField(library.getKey(), library.getValue().toString());
            }
            json.writeEndObject();
            json.writeStringField("modules", jdk.modules().toString());
            json.writeStringField("platform", jdk.platform());
            json.writeStringField("vendor", jdk.vendor());
            json.writeStringField("version", jdk.version());
        } else {
            throw new IllegalArgumentException("a lock file has a base");
        }
        json.writeEndObject();
    }

    private void write(LockedModel model) throws IOException {
        json.writeStartObject();
        if (model.artifact().isPresent()) {
            json.writeFieldName("artifact");
            write(model.artifact().get());
        }
        json.writeFieldName("contract");
        ContractJson.write(json, model.contract());
        writeFiles("files", model.files());
        json.writeStringField("format", model.format().id());
        writeFiles("golden", model.golden());
        json.writeObjectFieldStart("opsets");
        for (var opset : model.opsets().entrySet()) {
            json.writeNumberField(opset.getKey(), opset.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeFiles(String field, List<ModelFile> files) throws IOException {
        json.writeArrayFieldStart(field);
        for (ModelFile file : files) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeStringField("sha256", file.digest().hex());
            json.writeNumberField("size", file.size());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(Lock lock, Section section) throws IOException {
        json.writeArrayFieldStart(section.field());
        for (LockedArtifact artifact : lock.artifacts(section)) {
            write(artifact);
        }
        json.writeEndArray();
    }

    private void write(LockedArtifact artifact) throws IOException {
        json.writeStartObject();
        if (artifact instanceof LockedArtifact.Fetched fetched) {
            json.writeStringField("artifact", fetched.key() + ":" + fetched.version());
            writeOwnerAndProfile(fetched);
            json.writeStringField("repository", fetched.repository());
            writeUnlessEmpty("scope", fetched.scope());
            json.writeStringField("sha256", fetched.sha256().hex());
        } else {
            json.writeStringField("artifact", artifact.key().toString());
            writeOwnerAndProfile(artifact);
            json.writeBooleanField("reactor", true);
            writeUnlessEmpty("scope", artifact.scope());
        }
        json.writeEndObject();
    }

    private void writeOwnerAndProfile(LockedArtifact artifact) throws IOException {
        writeUnlessEmpty("of", artifact.id().owner());
        writeUnlessEmpty("profile", artifact.id().profile());
    }

    private void writeUnlessEmpty(String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }
}
