package io.github.mlmaven.inspect.scan.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlScannerTest {

    private static final String PMML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><TreeModel/></PMML>";

    private static final String DTD_NEXT =
            " Remove the document type; what it declares can reach out of the file, or grow without end.";

    @TempDir
    Path folder;

    @Test
    void pmmlIsRecognisedAndNotServed() throws Exception {
        ScanResult result = Scanned.of(folder, "model.pmml", PMML);

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(Scanned.lines(result))
                .containsExactly("ML-MODEL-UNSERVED: m/model.pmml: the format is recognised but not served;"
                        + " expected an ONNX model,"
                        + " found a PMML model, version '4.4', 'TreeModel'."
                        + " Export the model to ONNX where it was trained, with skl2onnx.to_onnx or onnxmltools; PMML is"
                        + " not converted.");
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it has a document type; expected XML without one, found '<!D'."
                                + DTD_NEXT,
                        "<?xml version=\"1.0\"?><!DOCTYPE a><a/>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it has a document type; expected XML without one, found '<!D'."
                                + DTD_NEXT,
                        "<!DOCTYPE PMML SYSTEM \"http://example.org/x.dtd\"><PMML/>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it has a document type; expected XML without one, found '<!D'."
                                + DTD_NEXT,
                        "<!-- <a> --><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it has a document type; expected XML without one, found '<!E'."
                                + DTD_NEXT,
                        "<?xml version=\"1.0\"?><a><!ENTITY x \"y\"></a>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it is nested too deep; expected at most 256 levels, found more."
                                + " No honest file needs this: check where it comes from.",
                        "<?xml version=\"1.0\"?>" + "<a>".repeat(257) + "</a>".repeat(257)),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: an element has too many attributes; expected at most 1000, found more."
                                + " No honest file needs this: check where it comes from.",
                        "<?xml version=\"1.0\"?><a" + " a=\"\"".repeat(1001) + "/>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: a name is too long; expected at most 1000 characters, found more."
                                + " No honest file needs this: check where it comes from.",
                        "<?xml version=\"1.0\"?><" + "a".repeat(1001) + "/>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: a part of it is too long; expected at most 4194304 characters, found more."
                                + " No honest file needs this: check where it comes from.",
                        "<?xml version=\"1.0\"?><a><!--" + " ".repeat(5 << 20) + "--></a>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: its encoding is one that parsers read differently;"
                                + " expected UTF-8 or UTF-16, found 'UTF-7'. Save it as UTF-8.",
                        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"),
                Arguments.of(
                        "ML-SAFE-XML: m/a.xml: it names a stylesheet, which whoever opens it loads and runs;"
                                + " expected XML without processing instructions, found xml-stylesheet."
                                + " Remove the processing instruction.",
                        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"http://example.org/x.xsl\"?><a/>"),
                Arguments.of(
                        "ML-SAFE-CODE: m/a.xml: it carries a script; expected a picture or page without one,"
                                + " found <script>. Remove it; a model needs none.",
                        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/a.xml: it is not well-formed; expected XML,"
                                + " found something else in line 2, column 6."
                                + " Restore it from its source, or save it again.",
                        "<?xml version=\"1.0\"?>\n<a></b></a>"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatReachesOutIsSaidExactly(String expected, String xml) throws Exception {
        assertThat(Scanned.lines(Scanned.of(folder, "a.xml", xml))).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"})
    void aDocumentTypeIsSeenInEveryEncoding(String encoding) throws Exception {
        byte[] bytes = "<?xml version=\"1.0\"?><!DOCTYPE a><a/>".getBytes(Charset.forName(encoding));

        assertThat(Scanned.lines(Scanned.of(folder, "a.xml", bytes)))
                .singleElement()
                .asString()
                .startsWith("ML-SAFE-XML: m/a.xml: it has a document type");
    }

    @Test
    void otherXmlIsData() throws Exception {
        assertThat(Scanned.of(folder, "a.xml", "<?xml version=\"1.0\"?><a b='c'>d<e/></a>")
                        .format())
                .isEqualTo("XML");
        assertThat(Scanned.of(folder, "a.xml", "\n<a:b xmlns:a=\"x\"><![CDATA[<!DOCTYPE a>]]></a:b>")
                        .format())
                .isEqualTo("XML");
        assertThat(Scanned.of(folder, "a.xml", "<?xml version=\"1.0\"?><?php evil()?><a/>")
                        .format())
                .isEqualTo("XML with processing instructions 'php'");
        assertThat(Scanned.of(
                                folder,
                                "a.xml",
                                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\u00e9</a>"
                                        .getBytes(StandardCharsets.ISO_8859_1))
                        .format())
                .isEqualTo("XML");
        assertThat(Scanned.lines(Scanned.of(
                        folder, "a.xml", "<?xml version=\"1.0\"?>" + "<a>".repeat(256) + "</a>".repeat(256))))
                .isEmpty();
    }

    @Test
    void whatOnlyLooksLikeXmlIsText() throws Exception {
        assertThat(Scanned.of(folder, "vocab.txt", "<unk>\n<s>\n</s>\n").format())
                .isEqualTo("text");
        assertThat(Scanned.of(folder, "a.html", "<!DOCTYPE html><html><body/></html>")
                        .format())
                .isEqualTo("text");
        assertThat(Scanned.of(folder, "a.html", "<!-- x --><!doctype html><p>a").format())
                .isEqualTo("text");
        assertThat(Scanned.of(folder, "README.md", "<p align=center>\n# Model\n")
                        .format())
                .isEqualTo("text");
    }
}
