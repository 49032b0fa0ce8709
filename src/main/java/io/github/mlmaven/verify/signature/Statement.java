package io.github.mlmaven.verify.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is signed: a statement of in-toto 1 whose predicate is model_signing's manifest, {@code
 * https://model_signing/signature/v1.0}.
 *
 * @param type the kind of statement
 * @param predicateType the kind of predicate
 * @param rootDigests SHA-256 over the digests of all resources, for each subject
 * @param method how files became resources: {@code files} or {@code shards}
 * @param hashType the algorithm of the resources' digests
 * @param shardSize bytes of a shard
 * @param resources files or parts of files
 */
record Statement(
        String type,
        String predicateType,
        List<String> rootDigests,
        String method,
        String hashType,
        long shardSize,
        List<Resource> resources) {

    static final String TYPE = "https://in-toto.io/Statement/v1";
    static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";

    /**
     * A file or a part of one.
     *
     * @param name its path, for a part with {@code :BEGIN:END}
     * @param algorithm of the digest
     * @param digest hexadecimal
     */
    record Resource(String name, String algorithm, String digest) {}

    static Statement read(JsonFields json) throws IOException {
        return new Reader(json).read();
    }

    private static final class Reader {

        private final JsonFields json;
        private String type = "";
        private String predicateType = "";
        private final List<String> rootDigests = new ArrayList<>();
        private String method = "";
        private String hashType = "";
        private long shardSize;
        private final List<Resource> resources = new ArrayList<>();
        private String name = "";
        private String algorithm = "";
        private String digest = "";

        Reader(JsonFields json) {
            this.json = json;
        }

        Statement read() throws IOException {
            json.object("the statement", field -> {
                switch (field) {
                    case "_type" -> type = json.text("_type");
                    case "predicateType" -> predicateType = json.text("predicateType");
                    case "subject" -> json.array("subject", this::readSubject);
                    case "predicate" -> json.object("predicate", this::readPredicate);
                    default -> {}
                }
            });
            return new Statement(type, predicateType, rootDigests, method, hashType, shardSize, resources);
        }

        private void readSubject() throws IOException {
            json.object("a subject", field -> {
                if (field.equals("digest")) {
                    json.object("digest", kind -> {
                        if (kind.equals("sha256")) {
                            rootDigests.add(json.text("sha256"));
                        }
                    });
                }
            });
        }

        private void readPredicate(String field) throws IOException {
            if (field.equals("serialization")) {
                json.object("serialization", this::readSerialization);
            } else if (field.equals("resources")) {
                json.array("resources", this::readResource);
            }
        }

        private void readSerialization(String field) throws IOException {
            switch (field) {
                case "method" -> method = json.text("method");
                case "hash_type" -> hashType = json.text("hash_type");
                case "shard_size" -> shardSize = json.number("shard_size");
                default -> {}
            }
        }

        private void readResource() throws IOException {
            name = "";
            algorithm = "";
            digest = "";
            json.object("a resource", field -> {
                switch (field) {
                    case "name" -> name = json.text("name");
                    case "algorithm" -> algorithm = json.text("algorithm");
                    case "digest" -> digest = json.text("digest");
                    default -> {}
                }
            });
            resources.add(new Resource(name, algorithm, digest));
        }
    }
}
