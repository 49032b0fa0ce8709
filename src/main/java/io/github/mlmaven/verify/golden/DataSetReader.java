package io.github.mlmaven.verify.golden;

import io.github.mlmaven.inspect.onnx.MalformedTensorException;
import io.github.mlmaven.inspect.onnx.TensorFile;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code input_M.pb} and {@code output_M.pb}, each a TensorProto, from one folder. */
final class DataSetReader {

    private static final int MAX_ENTRIES = 10_000;
    private static final Pattern FILE = Pattern.compile("(input|output)_(0|[1-9][0-9]{0,4})\\.pb");

    private DataSetReader() {}

    static void read(GoldenFiles files, String folder, CaseDraft draft) {
        TreeMap<Integer, String> inputs = new TreeMap<>();
        TreeMap<Integer, String> outputs = new TreeMap<>();
        try {
            Path real = files.root().resolve(folder).toRealPath();
            if (!real.startsWith(files.root()) || !Files.isDirectory(real)) {
                draft.problem(GoldenFiles.invalid(
                        draft.place(),
                        "it is no folder inside the golden folder",
                        "a folder",
                        "a link or another kind of file",
                        "Replace it by a folder with input_0.pb and output_0.pb."));
                return;
            }
            try (Stream<Path> entries = Files.list(real)) {
                entries.limit(MAX_ENTRIES).forEach(entry -> {
                    Matcher name = FILE.matcher(entry.getFileName().toString());
                    if (name.matches()) {
                        (name.group(1).equals("input") ? inputs : outputs)
                                .put(Integer.parseInt(name.group(2)), name.group());
                    }
                });
            }
        } catch (IOException | UncheckedIOException e) {
            draft.problem(GoldenFiles.unreadable(draft.place(), e));
            return;
        }
        read(files, folder, draft, "input", inputs, draft.contract().inputs(), draft::input);
        read(files, folder, draft, "output", outputs, draft.contract().outputs(), draft::output);
    }

    private static void read(
            GoldenFiles files,
            String folder,
            CaseDraft draft,
            String kind,
            SortedMap<Integer, String> names,
            List<TensorSpec> specs,
            BiConsumer<Tensor, String> sink) {
        int expected = 0;
        for (var entry : names.entrySet()) {
            int position = entry.getKey();
            if (position != expected) {
                draft.problem(GoldenFiles.invalid(
                        draft.place(),
                        "a gap in the numbers of the " + kind + " files",
                        kind + "_" + expected + ".pb",
                        entry.getValue(),
                        "Number the files from 0 without gaps."));
            }
            expected = position + 1;
            String path = folder + "/" + entry.getValue();
            String where = draft.place() + "/" + entry.getValue();
            Optional<GoldenFiles.Content> content = files.read(path, draft);
            if (content.isEmpty()) {
                continue;
            }
            draft.file(content.get().file());
            Optional<TensorFile> file = parse(content.get().bytes(), where, draft);
            if (file.isPresent()) {
                if (kind.equals("output")) {
                    RecordedBy.inDocumentation(file.get().documentation()).ifPresent(draft::recordedBy);
                }
                place(file.get().tensor(), position, kind, specs, where, draft).ifPresent(t -> sink.accept(t, where));
            }
        }
    }

    /** By name, or where the tensor has none by position. */
    private static Optional<Tensor> place(
            Tensor tensor, int position, String kind, List<TensorSpec> specs, String where, CaseDraft draft) {
        if (!tensor.name().isEmpty()) {
            return Optional.of(tensor);
        }
        if (position >= specs.size()) {
            draft.problem(GoldenFiles.invalid(
                    where,
                    "a tensor without a name at a position that the model has no " + kind + " at",
                    specs.size() + " " + kind + (specs.size() == 1 ? "" : "s"),
                    kind + " number " + position,
                    "Name the tensor, or remove the file."));
            return Optional.empty();
        }
        return Optional.of(new Tensor(specs.get(position).name(), tensor.datatype(), tensor.shape(), tensor.data()));
    }

    private static Optional<TensorFile> parse(byte[] bytes, String where, CaseDraft draft) {
        try {
            return Optional.of(new TensorProtoReader().readFile(new ByteArrayInputStream(bytes), bytes.length, where));
        } catch (MalformedTensorException e) {
            draft.problem(GoldenFiles.invalid(
                    where,
                    e.problem(),
                    e.expected(),
                    e.found(),
                    "Save it again, for example with onnx.numpy_helper.from_array."));
        } catch (IOException e) {
            draft.problem(GoldenFiles.unreadable(where, e));
        }
        return Optional.empty();
    }
}
