package io.github.mlmaven.inspect.scan.trees;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Recognises the JSON forms of all three libraries by the keys of the outermost object. */
public final class TreeJsonScanner implements FormatScanner {

    private static final String FORM = "JSON";
    private static final String TREES_PER_ITERATION = "num_tree_per_iteration";

    /** XGBoost's, CatBoost's, and those of what LightGBM dumps. */
    private static final Set<String> KEYS =
            Set.of("learner", "features_info", "oblivious_trees", "trees", "tree_info", TREES_PER_ITERATION);

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        String start = new String(content.head(64), StandardCharsets.ISO_8859_1).stripLeading();
        if (!start.startsWith("{")) {
            return Optional.empty();
        }
        Set<String> keys = new HashSet<>();
        try {
            read(content, keys);
            return library(keys).map(library -> library.model(content, FORM));
        } catch (MalformedException e) {
            return library(keys).map(library -> library.broken(content, FORM, e));
        }
    }

    private static void read(Content content, Set<String> keys) throws IOException, MalformedException {
        try (JsonParser json = StrictJson.open(content.open())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (KEYS.contains(name) && (value.isStructStart() || name.equals(TREES_PER_ITERATION))) {
                    keys.add(name);
                }
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw MalformedException.corrupt("something follows the model", "one object", "more");
            }
        } catch (IOException e) {
            throw StrictJson.malformed("the model", e);
        }
    }

    private static Optional<TreeLibrary> library(Set<String> keys) {
        if (keys.contains("learner")) {
            return Optional.of(TreeLibrary.XGBOOST);
        }
        if (keys.contains("features_info") && (keys.contains("oblivious_trees") || keys.contains("trees"))) {
            return Optional.of(TreeLibrary.CATBOOST);
        }
        return keys.contains("tree_info") && keys.contains(TREES_PER_ITERATION)
                ? Optional.of(TreeLibrary.LIGHTGBM)
                : Optional.empty();
    }
}
