package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Judges the external data that tensors refer to: the file by {@link ExternalFile}, the range by its size and the
 * tensor's.
 *
 * @see <a href="https://onnx.ai/onnx/repo-docs/ExternalData.html">ONNX external data</a>
 */
final class ExternalData {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String EXPORT = "Export the model again with its external data.";

    private final ExternalFile.Finder finder;
    private final Problems problems;
    private final Map<String, Optional<ExternalFile>> files = new HashMap<>();
    private final Map<String, String> checksums = new HashMap<>();

    ExternalData(ExternalFile.Finder finder, Problems problems) {
        this.finder = finder;
        this.problems = problems;
    }

    /**
     * Judges one tensor.
     *
     * @param bytes what its dimensions and datatype ask for, if that is known
     */
    void check(TensorHeader tensor, OptionalLong bytes) throws IOException, MalformedProtoException {
        if (!tensor.isExternal()) {
            if (!tensor.external().isEmpty()) {
                problem(
                        tensor,
                        "has external data, but is not marked as external",
                        "data_location EXTERNAL",
                        "DEFAULT");
            }
            return;
        }
        if (tensor.rawBytes().isPresent()) {
            problem(tensor, "has data in the model and external data", "one of them", "both");
        }
        if (tensor.dataType() == OnnxType.STRING.number()) {
            problem(tensor, "holds strings, which cannot be external", "strings in the model", "external data");
            return;
        }
        Optional<ExternalFile> file = file(tensor.external().getOrDefault("location", ""), tensor);
        if (file.isPresent()) {
            checkRange(tensor, bytes, file.get());
            checkChecksum(tensor, file.get());
        }
    }

    private Optional<ExternalFile> file(String location, TensorHeader tensor)
            throws IOException, MalformedProtoException {
        Optional<ExternalFile> known = files.get(location);
        if (known == null) {
            if (files.size() == Limits.EXTERNAL_FILES) {
                throw limit(
                        "the model has too many external data files",
                        "at most " + Limits.EXTERNAL_FILES,
                        "more than " + Limits.EXTERNAL_FILES);
            }
            known = finder.find(location, tensor.title());
            files.put(location, known);
        }
        return known;
    }

    /** Compares the SHA-1 that a tensor may declare for the whole file, reading each file once. */
    private void checkChecksum(TensorHeader tensor, ExternalFile file) throws IOException {
        String declared = tensor.external().get("checksum");
        if (declared == null) {
            return;
        }
        String actual = checksums.get(file.path());
        if (actual == null) {
            try (InputStream in = Files.newInputStream(file.file())) {
                actual = DigestUtils.sha1Hex(in);
            }
            checksums.put(file.path(), actual);
        }
        if (!actual.equalsIgnoreCase(declared)) {
            problem(tensor, "has external data with another checksum", "SHA-1 '" + declared + "'", actual);
        }
    }

    private void checkRange(TensorHeader tensor, OptionalLong bytes, ExternalFile file) {
        OptionalLong offset = number(tensor, "offset");
        OptionalLong declared = number(tensor, "length");
        if ((tensor.external().containsKey("offset") && offset.isEmpty())
                || (tensor.external().containsKey("length") && declared.isEmpty())) {
            return;
        }
        if (declared.isPresent() && bytes.isPresent() && declared.getAsLong() != bytes.getAsLong()) {
            problem(
                    tensor,
                    "has external data of a wrong length",
                    bytes.getAsLong() + " bytes for " + tensor.typeAndDims(),
                    declared.getAsLong() + " bytes");
            return;
        }
        // Neither number has more than 18 digits, nor bytes() more than 63 bits: the sum may still overflow.
        long end = saturatedSum(offset.orElse(0), declared.orElse(bytes.orElse(0)));
        if (end > file.size()) {
            file.tooShort(problems, tensor.title(), end);
        }
    }

    private OptionalLong number(TensorHeader tensor, String key) {
        String text = tensor.external().get(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            problem(
                    tensor,
                    "has external data with an impossible " + key,
                    "a number of bytes, zero or more",
                    "'" + text + "'");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private void problem(TensorHeader tensor, String what, String expected, String found) {
        problems.add(FindingId.MODEL_EXTERNAL, tensor.title() + " " + what, expected, found, EXPORT);
    }

    /** The files that the model refers to, as paths below its folder. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        files.values().forEach(file -> file.ifPresent(f -> paths.add(f.path())));
        return paths;
    }
}
