package io.github.mlmaven.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code results.json}, {@code results.md} and {@code results.svg}. */
final class Reports {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Reports() {}

    /** Writes all three and returns the table. */
    static String write(Results results, Path folder) throws IOException {
        Files.createDirectories(folder);
        JSON.writeValue(folder.resolve("results.json").toFile(), document(results));
        String table = Machine.describe() + "\n\n" + Table.of(results);
        Files.writeString(folder.resolve("results.md"), table);
        Picture.write(results, folder.resolve("results.svg"));
        return table;
    }

    private static ObjectNode document(Results results) throws IOException {
        ObjectNode document = JSON.createObjectNode();
        document.put("machine", Machine.describe());
        ArrayNode cases = document.putArray("cases");
        for (Row row : results.rows()) {
            ObjectNode node = cases.addObject().put("case", row.caseId()).put("peer", row.peer());
            row.problem().ifPresent(problem -> node.put("problem", problem));
            row.median().ifPresent(median -> node.set("median", JSON.valueToTree(median)));
            node.set("rounds", JSON.valueToTree(row.rounds()));
        }
        document.set("coldStarts", JSON.valueToTree(results.starts()));
        results.soaked()
                .ifPresent(soaked -> document.putObject("soak")
                        .put("requests", soaked.requests())
                        .set("rssBytes", JSON.valueToTree(soaked.rssBytes())));
        document.set("failures", JSON.valueToTree(results.failures()));
        return document;
    }
}
