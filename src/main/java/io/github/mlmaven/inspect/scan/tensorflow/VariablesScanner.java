package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a SavedModel or checkpoint: an index, which is a table of LevelDB, and raw values. Those have nothing
 * to be recognised by but the index that lies beside them.
 */
public final class VariablesScanner implements FormatScanner {

    /** LevelDB's doc/table_format.md: two block handles, filled up with zeros, and the number. */
    private static final int FOOTER = 48;

    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final Pattern DATA = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
    private static final String NEXT =
            "Convert the model that it belongs to: python -m tf2onnx.convert --saved-model DIR --output model.onnx";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (isIndex(content)) {
            return Optional.of(variables(content, "an index of TensorFlow variables"));
        }
        Matcher data = DATA.matcher(content.name());
        if (data.matches()) {
            Optional<Content> index = content.sibling(data.group(1) + ".index");
            if (index.isPresent() && isIndex(index.get())) {
                return Optional.of(variables(content, "raw values of TensorFlow variables"));
            }
        }
        return Optional.empty();
    }

    private static boolean isIndex(Content content) throws IOException {
        if (content.size() < FOOTER) {
            return false;
        }
        ByteBuffer footer =
                ByteBuffer.wrap(content.read(content.size() - FOOTER, FOOTER)).order(ByteOrder.LITTLE_ENDIAN);
        return footer.getLong(FOOTER - 8) == MAGIC;
    }

    private static ScanResult variables(Content content, String format) {
        return ScanResult.of(content, Kind.OTHER_MODEL, format, List.of(Unserved.of(content, format, NEXT)));
    }
}
