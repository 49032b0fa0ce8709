package io.github.mlmaven.inspect.scan.trees;

import io.github.mlmaven.inspect.scan.read.Bytes;
import java.nio.ByteOrder;

/** Models of boosted trees for tests. */
public final class Trees {

    public static final String XGBOOST_JSON =
            "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\"}},\"version\":[3,1,0]}";
    public static final String LIGHTGBM_JSON =
            "{\"name\":\"tree\",\"version\":\"v4\",\"num_tree_per_iteration\":1,\"tree_info\":[{\"tree_index\":0}]}";
    public static final String CATBOOST_JSON = "{\"features_info\":{},\"model_info\":{},\"oblivious_trees\":[]}";
    public static final String LIGHTGBM_TEXT =
            "tree\nversion=v4\nnum_class=1\ntree_sizes=12\n\nTree=0\nnum_leaves=2\n\nend of trees\n\nparameters:\n";

    private Trees() {}

    static Bytes ubjson() {
        return new Bytes(ByteOrder.BIG_ENDIAN);
    }

    static Bytes key(Bytes bytes, String key) {
        return bytes.text("L").u64(key.length()).text(key);
    }

    /** As XGBoost writes it: typed arrays of numbers, texts, nested objects. */
    public static byte[] xgboostUbjson() {
        Bytes bytes = ubjson().text("{");
        key(bytes, "learner").text("{");
        key(bytes, "weights").text("[$d#L").u64(2).zeros(8);
        key(bytes, "name").text("SL").u64(6).text("gbtree");
        key(bytes, "flags").text("[TFZNi").u8(1).text("]");
        bytes.text("}");
        key(bytes, "version").text("[i").u8(3).text("i").u8(1).text("i").u8(0).text("]");
        return bytes.text("}").toBytes();
    }

    public static byte[] xgboostLegacy() {
        return new Bytes()
                .u32(0x3f000000)
                .zeros(132)
                .sized("binary:logistic")
                .sized("gbtree")
                .zeros(64)
                .toBytes();
    }

    public static byte[] catboost() {
        return new Bytes().text("CBM1").u32(16).u32(8).zeros(12).toBytes();
    }
}
