package io.github.mlmaven.inspect.scan.xml;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.OtherModel;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Recognises XML by its declaration, or by being well-formed to its end; HTML is none. */
public final class XmlScanner implements FormatScanner {

    private static final String STYLESHEET = "'xml-stylesheet'";
    private static final String PMML =
            "Export the model to ONNX where it was trained, with skl2onnx.to_onnx or onnxmltools; PMML is not converted.";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Optional<XmlStart> start = XmlStart.of(content);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Optional<Charset> charset = start.get().charset();
        if (charset.isEmpty()) {
            return Optional.of(ScanResult.of(
                    content,
                    Kind.DATA,
                    "XML",
                    List.of(encoding(content, start.get().encoding()))));
        }
        return read(content, start.get(), charset.get());
    }

    private static Optional<ScanResult> read(Content content, XmlStart start, Charset charset) throws IOException {
        XmlDocument document = new XmlDocument();
        try (MarkupReader in = new MarkupReader(
                new InputStreamReader(content.open(start.mark()), charset.newDecoder()), content.place())) {
            Optional<Finding> broken = parse(document, in, content.place());
            if (broken.isPresent() && !start.declared() && in.problem().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(result(content, document, broken));
        }
    }

    private static Optional<Finding> parse(XmlDocument document, MarkupReader in, String place) throws IOException {
        try {
            document.read(in);
            return Optional.empty();
        } catch (XMLStreamException | RuntimeException e) {
            // The parser has faults of its own; whatever it throws is about what it was given.
            if (in.problem().isPresent()) {
                return in.problem();
            }
            Optional<IOException> failure = in.failure();
            if (failure.isPresent() && !(failure.get() instanceof CharacterCodingException)) {
                throw failure.get();
            }
            String found = failure.isPresent() ? "bytes that are not in its encoding" : "something else" + where(e);
            return Optional.of(MalformedException.corrupt("it is not well-formed", "XML", found)
                    .at(place));
        }
    }

    private static String where(Exception e) {
        return e instanceof XMLStreamException xml && xml.getLocation() != null
                ? " in line " + xml.getLocation().getLineNumber() + ", column "
                        + xml.getLocation().getColumnNumber()
                : "";
    }

    private static ScanResult result(Content content, XmlDocument document, Optional<Finding> broken) {
        List<Finding> findings = new ArrayList<>();
        broken.ifPresent(findings::add);
        if (document.instructions().contains(STYLESHEET)) {
            findings.add(Finding.of(
                    FindingId.SAFE_XML,
                    content.place(),
                    "it names a stylesheet, which whoever opens it loads and runs",
                    "XML without processing instructions",
                    "xml-stylesheet",
                    "Remove the processing instruction."));
        }
        if (document.hasScript()) {
            findings.add(Finding.of(
                    FindingId.SAFE_CODE,
                    content.place(),
                    "it carries a script",
                    "a picture or page without one",
                    "<script>",
                    "Remove it; a model needs none."));
        }
        if (document.isPmml() && broken.isEmpty()) {
            return OtherModel.of(content, document.format(), PMML, findings);
        }
        return ScanResult.of(content, document.isPmml() ? Kind.OTHER_MODEL : Kind.DATA, document.format(), findings);
    }

    private static Finding encoding(Content content, String name) {
        return Finding.of(
                FindingId.SAFE_XML,
                content.place(),
                "its encoding is one that parsers read differently",
                "UTF-8 or UTF-16",
                Shown.of(name),
                "Save it as UTF-8.");
    }
}
