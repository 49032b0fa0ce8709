package io.github.mlmaven.verify.signature;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a statement lists, after everything in it was looked at.
 *
 * @param files by path below the model's folder, the parts of each from its beginning to its end
 */
record Manifest(SortedMap<String, List<Part>> files) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHARD = Pattern.compile("(.+):(\\d{1,18}):(\\d{1,18})", Pattern.DOTALL);
    /** Those that model_signing has besides SHA-256. */
    private static final Set<String> OTHER_HASHES = Set.of("blake2b", "blake3");

    /**
     * A part of a file.
     *
     * @param begin its first byte
     * @param end the byte after its last; empty when it is the whole file
     * @param digest SHA-256, hexadecimal
     */
    record Part(long begin, Optional<Long> end, String digest) {}

    static Manifest of(Statement statement) throws SignatureException {
        requireKind(statement);
        boolean shards = statement.method().equals("shards");
        MessageDigest root = Hashes.sha256();
        SortedMap<String, List<Part>> files = new TreeMap<>();
        for (Statement.Resource resource : statement.resources()) {
            requireDigest(statement, resource, shards);
            root.update(HexFormat.of().parseHex(resource.digest()));
            if (shards) {
                addShard(files, resource, statement.shardSize());
            } else if (files.put(path(resource.name()), List.of(new Part(0, Optional.empty(), resource.digest())))
                    != null) {
                throw SignatureException.invalid("a file is listed twice", "each file once", quoted(resource.name()));
            }
        }
        requireRoot(statement, HexFormat.of().formatHex(root.digest()));
        for (var file : files.entrySet()) {
            requireGapless(file.getKey(), file.getValue());
        }
        return new Manifest(files);
    }

    private static void requireKind(Statement statement) throws SignatureException {
        if (!statement.type().equals(Statement.TYPE)) {
            throw SignatureException.invalid(
                    "what is signed is not a statement of in-toto", Statement.TYPE, quoted(statement.type()));
        }
        if (!statement.predicateType().equals(Statement.PREDICATE_TYPE)) {
            throw SignatureException.unverified(
                    "what is signed is not a manifest of a model",
                    Statement.PREDICATE_TYPE,
                    quoted(statement.predicateType()),
                    "Sign the model with model_signing 1.0 or later.");
        }
        if (!statement.method().equals("files") && !statement.method().equals("shards")) {
            throw SignatureException.invalid(
                    "the files were put in order in an unknown way", "files or shards", quoted(statement.method()));
        }
        if (OTHER_HASHES.contains(statement.hashType())) {
            throw SignatureException.unverified(
                    "the digests of the files cannot be computed here",
                    "sha256",
                    statement.hashType(),
                    "Sign the model with SHA-256, model_signing's default.");
        }
        if (!statement.hashType().equals("sha256")) {
            throw SignatureException.invalid(
                    "the digests of the files are of an unknown algorithm", "sha256", quoted(statement.hashType()));
        }
    }

    private static void requireDigest(Statement statement, Statement.Resource resource, boolean shards)
            throws SignatureException {
        String sharded = "sha256-sharded-" + statement.shardSize();
        if (!resource.algorithm().equals("sha256")
                && !(shards && resource.algorithm().equals(sharded))) {
            throw SignatureException.invalid(
                    "the digest of " + quoted(resource.name()) + " is of another algorithm",
                    "sha256",
                    quoted(resource.algorithm()));
        }
        if (!HEX.matcher(resource.digest()).matches()) {
            throw SignatureException.invalid(
                    "the digest of " + quoted(resource.name()) + " is malformed",
                    "64 hexadecimal digits",
                    quoted(resource.digest()));
        }
    }

    private static void requireRoot(Statement statement, String found) throws SignatureException {
        if (statement.rootDigests().size() != 1) {
            throw SignatureException.invalid(
                    "the statement is not about one model",
                    "one subject with a sha256",
                    String.valueOf(statement.rootDigests().size()));
        }
        if (!statement.rootDigests().get(0).equals(found)) {
            throw SignatureException.invalid(
                    "the digest of the whole does not fit the digests of the files",
                    quoted(statement.rootDigests().get(0)),
                    found);
        }
    }

    private static void addShard(SortedMap<String, List<Part>> files, Statement.Resource resource, long size)
            throws SignatureException {
        Matcher shard = SHARD.matcher(resource.name());
        if (!shard.matches()) {
            throw SignatureException.invalid(
                    "a part of a file has no range", "PATH:BEGIN:END", quoted(resource.name()));
        }
        long begin = Long.parseLong(shard.group(2));
        long end = Long.parseLong(shard.group(3));
        if (begin > end || end - begin > size) {
            throw SignatureException.invalid(
                    "a part of a file is larger than parts are", "at most " + size + " bytes", quoted(resource.name()));
        }
        files.computeIfAbsent(path(shard.group(1)), name -> new ArrayList<>())
                .add(new Part(begin, Optional.of(end), resource.digest()));
    }

    private static void requireGapless(String path, List<Part> parts) throws SignatureException {
        if (parts.size() > 1) {
            parts.sort(Comparator.comparingLong(Part::begin));
        }
        long at = 0;
        for (Part part : parts) {
            if (part.begin() != at) {
                throw SignatureException.invalid(
                        "the parts of " + quoted(path) + " do not lie one after another",
                        "a part that begins at " + at,
                        String.valueOf(part.begin()));
            }
            at = part.end().orElse(at);
        }
    }

    /** A path that stays in the folder. */
    private static String path(String name) throws SignatureException {
        if (name.equals(".")) {
            throw SignatureException.invalid(
                    "the signature is of a single file, which has no name in it",
                    "a signature of the model's folder",
                    "a resource named \".\"");
        }
        boolean escapes =
                name.startsWith("/") || name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ');
        for (String part : name.split("/", -1)) {
            escapes |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (escapes) {
            throw SignatureException.invalid(
                    "a signed path leads out of the model's folder or is not normalised",
                    "a path below the folder",
                    quoted(name));
        }
        return name;
    }

    private static String quoted(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (plain.length() <= 200 ? plain : plain.substring(0, 200) + "…") + "\"";
    }
}
