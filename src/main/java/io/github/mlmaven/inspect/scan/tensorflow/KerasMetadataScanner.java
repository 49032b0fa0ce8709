package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.keras.KerasConfig;
import io.github.mlmaven.inspect.scan.proto.NotProtoException;
import io.github.mlmaven.inspect.scan.proto.ProtoFields;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code keras_metadata.pb} of a SavedModel: for each layer a description in JSON, from which Keras 2 makes the layer
 * again, with the bytecode of Lambda layers.
 *
 * @see <a href="https://github.com/keras-team/tf-keras/blob/master/tf_keras/protobuf/saved_metadata.proto">saved_metadata.proto</a>
 */
public final class KerasMetadataScanner implements FormatScanner {

    private static final int MOST_FINDINGS = 50;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Set<Finding> findings = new LinkedHashSet<>();
        int nodes = 0;
        try (ProtoFields in = new ProtoFields(content)) {
            while (in.next()) {
                if (in.field() != 1) {
                    throw new NotProtoException("field " + in.field(), in.offset());
                }
                in.enter();
                node(content, in, findings);
                nodes++;
            }
        } catch (NotProtoException e) {
            if (nodes > 0) {
                findings.add(corrupt(content, e));
            }
        }
        Kind kind = findings.isEmpty() ? Kind.DATA : Kind.UNSAFE;
        return nodes == 0
                ? Optional.empty()
                : Optional.of(
                        ScanResult.of(content, kind, "the layers of a SavedModel of Keras", new ArrayList<>(findings)));
    }

    /** SavedObject: 2 its number, 3 its path, 4 what it is, 5 its description, 6 a version. */
    private static void node(Content content, ProtoFields in, Set<Finding> findings)
            throws IOException, NotProtoException {
        boolean keras = false;
        List<Content> descriptions = new ArrayList<>();
        long start = in.offset();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> in.number();
                case 3, 6 -> in.size();
                case 4 -> keras |= in.text(64).startsWith("_tf_keras_");
                // Of several the last counts, as everywhere in protobuf; here all of few.
                case 5 -> {
                    if (descriptions.size() < 8) {
                        descriptions.add(content.part("description", in.offset(), in.size()));
                    }
                }
                default -> throw new NotProtoException("field " + in.field(), start);
            }
        }
        if (!keras) {
            throw new NotProtoException("no layer of Keras", start);
        }
        for (Content description : descriptions) {
            try (InputStream json = description.open()) {
                KerasConfig.ofMetadata(json, content.place()).findings().stream()
                        .limit(MOST_FINDINGS - findings.size())
                        .forEach(findings::add);
            }
        }
    }

    private static Finding corrupt(Content content, NotProtoException e) {
        return Finding.of(
                FindingId.MODEL_CORRUPT,
                content.place(),
                "the layers break off, or are not those of a SavedModel to their end",
                "messages of Keras up to the last byte",
                e.found(),
                "Restore the file from its source.");
    }
}
