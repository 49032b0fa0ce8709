package io.github.mlmaven.inspect.scan.coreml;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Printable;
import io.github.mlmaven.inspect.scan.proto.NotProtoException;
import io.github.mlmaven.inspect.scan.proto.ProtoFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of Core ML that say where a model comes from.
 *
 * @see <a href="https://github.com/apple/coremltools/tree/main/mlmodel/format">Model.proto, NeuralNetwork.proto,
 *     CustomModel.proto, LinkedModel.proto</a>
 */
final class CoreMlReader {

    private static final int NAME = 1024;
    private static final int MOST_FINDINGS = 50;
    private static final int LATEST = 30;

    private final ProtoFields in;
    private final String place;
    private final List<Finding> findings = new ArrayList<>();
    private long specification;
    private boolean described;
    private boolean typed;

    CoreMlReader(ProtoFields in, String place) {
        this.in = in;
        this.place = place;
    }

    /** The version of Core ML that the outermost model needs. */
    long specification() {
        return specification;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Whether it has what every model of Core ML has; ONNX has neither such fields nor such a description. */
    boolean isModel() {
        return specification >= 1 && specification <= LATEST && described && typed;
    }

    /** Model.proto: 1 the version, 2 the description, 10 whether it can be trained, and from 200 on what it is. */
    void model() throws IOException, NotProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> specification = Math.max(specification, in.number());
                case 2 -> {
                    described |= in.size() > 0;
                    description();
                }
                case 10 -> in.number();
                default -> type();
            }
        }
    }

    /** ModelDescription: 1 inputs, 10 outputs, 100 about it, all of them messages, and texts. */
    private void description() throws IOException, NotProtoException {
        in.enter();
        while (in.next()) {
            int field = in.field();
            if (field > 200 || (field == 1 && in.size() == 0)) {
                throw new NotProtoException("field " + field, in.offset());
            }
        }
    }

    private void type() throws IOException, NotProtoException {
        int field = in.field();
        if (field < 200 || field > 3000) {
            throw new NotProtoException("field " + field, in.offset());
        }
        in.size();
        typed = true;
        switch (field) {
            case 200, 201 -> nested(1, this::pipeline);
            case 202 -> {
                in.enter();
                pipeline();
            }
            case 303, 403, 500 -> nested(1, this::layer);
            case 555 -> code("a custom model", 1);
            case 556 -> path();
            default -> {}
        }
    }

    private interface Reading {
        void read() throws IOException, NotProtoException;
    }

    /** Reads this field of the message, each time that it is there. */
    private void nested(int field, Reading reading) throws IOException, NotProtoException {
        in.enter();
        while (in.next()) {
            if (in.field() == field) {
                in.enter();
                reading.read();
            }
        }
    }

    private void pipeline() throws IOException, NotProtoException {
        while (in.next()) {
            if (in.field() == 1) {
                in.enter();
                model();
            }
        }
    }

    /** NeuralNetworkLayer: 500 is a layer that the application has; 605 is a branch, 615 a loop, of networks. */
    private void layer() throws IOException, NotProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 500 -> code("a custom layer", 10);
                case 605 -> networks(1, 2);
                case 615 -> networks(3, 4);
                default -> {}
            }
        }
    }

    private void networks(int first, int second) throws IOException, NotProtoException {
        in.enter();
        while (in.next()) {
            if (in.field() == first || in.field() == second) {
                nested(1, this::layer);
            }
        }
    }

    private void code(String what, int nameField) throws IOException, NotProtoException {
        String name = "";
        in.enter();
        while (in.next()) {
            if (in.field() == nameField) {
                name = in.text(NAME);
            }
        }
        add(Finding.of(
                FindingId.SAFE_CODE,
                place,
                "the model needs code that is not in it",
                "layers of Core ML",
                what + " of the class " + Printable.of(name),
                "Export the model without it; to serve the model, convert it to ONNX where it was trained."));
    }

    /** LinkedModel.proto: 1 is the file, whose 1 is its name and 2 where it is searched for, each in 2 of a message. */
    private void path() throws IOException, NotProtoException {
        List<String> names = new ArrayList<>();
        nested(1, () -> {
            while (in.next()) {
                if (in.field() <= 2 && in.isMessage()) {
                    parameter(names);
                }
            }
        });
        add(Finding.of(
                FindingId.SAFE_PATH,
                place,
                "the model is in another file",
                "all of the model in its own file",
                "a link to " + Printable.of(String.join(" in ", names)),
                "Save the linked model itself."));
    }

    private void parameter(List<String> names) throws IOException, NotProtoException {
        in.enter();
        while (in.next()) {
            if (in.isMessage() && names.size() < 2) {
                names.add(in.text(NAME));
            }
        }
    }

    private void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
