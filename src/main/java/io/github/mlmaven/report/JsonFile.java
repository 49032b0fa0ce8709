package io.github.mlmaven.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.github.mlmaven.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A JSON document with indentation and LF, so that two of them can be compared. */
public final class JsonFile {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonFile() {}

    /** What writes the document. */
    @FunctionalInterface
    public interface Document {
        /** Writes it, from the first brace to the last. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes the document, as a whole or not at all. */
    public static void write(Path file, Document document) throws IOException {
        DefaultIndenter lf = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lf);
        printer.indentArraysWith(lf);
        WholeFile.write(file, out -> {
            try (JsonGenerator json = new WellFormed(JSON.createGenerator(out))) {
                json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                json.setPrettyPrinter(printer);
                document.write(json);
            }
            out.write("\n".getBytes(StandardCharsets.US_ASCII));
        });
    }

    /** Half a character of UTF-16 may come out of a model's strings; the generator would refuse it. */
    private static final class WellFormed extends JsonGeneratorDelegate {

        WellFormed(JsonGenerator json) {
            super(json);
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            super.writeFieldName(Plain.wellFormed(name));
        }

        @Override
        public void writeString(@Nullable String text) throws IOException {
            super.writeString(text == null ? null : Plain.wellFormed(text));
        }
    }
}
