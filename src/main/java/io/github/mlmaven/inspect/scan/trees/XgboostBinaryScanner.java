package io.github.mlmaven.inspect.scan.trees;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises XGBoost's UBJSON, and the binary form of its versions before 2.1. */
public final class XgboostBinaryScanner implements FormatScanner {

    private static final String UBJSON = "UBJSON";
    private static final Set<String> FIRST_KEYS = Set.of("learner", "version", "Config", "Model");

    /** Before the objective: LearnerModelParamLegacy of XGBoost's learner.cc. */
    private static final int LEGACY_HEADER = 136;

    private static final Pattern OBJECTIVE = Pattern.compile("(?:reg|binary|multi|rank|count|survival):[a-z0-9]{1,40}");
    private static final Set<String> BOOSTERS = Set.of("gbtree", "gblinear", "dart");

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        byte[] head = content.head(4);
        if (head.length < 4) {
            return Optional.empty();
        }
        if (head[0] == '{') {
            return isUbjson(content) ? Optional.of(ubjson(content)) : Optional.empty();
        }
        String magic = new String(head, StandardCharsets.ISO_8859_1);
        return magic.equals("binf") || magic.equals("bs64") || isLegacy(content)
                ? Optional.of(TreeLibrary.XGBOOST.model(content, "binary"))
                : Optional.empty();
    }

    private static boolean isUbjson(Content content) throws IOException {
        ByteReader in = bigEndian(content);
        try {
            in.skip(1);
            return FIRST_KEYS.contains(new UbjsonReader(in).key());
        } catch (MalformedException e) {
            return false;
        }
    }

    private static ScanResult ubjson(Content content) throws IOException {
        Set<String> keys = new HashSet<>();
        try {
            new UbjsonReader(bigEndian(content)).object(key -> {
                if (FIRST_KEYS.contains(key)) {
                    keys.add(key);
                }
            });
        } catch (MalformedException e) {
            return TreeLibrary.XGBOOST.broken(content, UBJSON, e);
        }
        if (keys.contains("learner") || keys.contains("Model")) {
            return TreeLibrary.XGBOOST.model(content, UBJSON);
        }
        return TreeLibrary.XGBOOST.broken(
                content, UBJSON, MalformedException.corrupt("there is no learner", "the key learner", "none"));
    }

    private static ByteReader bigEndian(Content content) {
        ByteReader in = new ByteReader(content);
        in.order(ByteOrder.BIG_ENDIAN);
        return in;
    }

    private static boolean isLegacy(Content content) throws IOException {
        ByteReader in = new ByteReader(content);
        try {
            in.skip(LEGACY_HEADER);
            return OBJECTIVE.matcher(shortText(in)).matches() && BOOSTERS.contains(shortText(in));
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String shortText(ByteReader in) throws IOException, MalformedException {
        long length = in.i64();
        return length < 0 || length > 64 ? "" : in.text((int) length);
    }
}
