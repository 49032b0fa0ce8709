package io.github.mlmaven.inspect.scan.trees;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Recognises CatBoost's own format: {@code CBM1}, the size of a FlatBuffer, the FlatBuffer, further parts. */
public final class CatboostScanner implements FormatScanner {

    private static final byte[] MAGIC = "CBM1".getBytes(StandardCharsets.ISO_8859_1);
    private static final String FORM = "binary";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!content.startsWith(MAGIC)) {
            return Optional.empty();
        }
        try {
            check(new ByteReader(content));
            return Optional.of(TreeLibrary.CATBOOST.model(content, FORM));
        } catch (MalformedException e) {
            return Optional.of(TreeLibrary.CATBOOST.broken(content, FORM, e));
        }
    }

    private static void check(ByteReader in) throws IOException, MalformedException {
        in.skip(MAGIC.length);
        long size = in.u32();
        if (size > in.left()) {
            throw MalformedException.truncated("a core of " + size + " bytes", in.left() + " bytes for it");
        }
        long root = size < 4 ? 0 : in.u32();
        if (root < 4 || root > size - 4) {
            throw corrupt("the core is no FlatBuffer", "a root table within " + size + " bytes", "one at byte " + root);
        }
    }
}
