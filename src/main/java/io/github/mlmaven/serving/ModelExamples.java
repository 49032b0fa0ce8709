package io.github.mlmaven.serving;

import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.ExampleJson;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The examples that the build takes from the models' golden data and puts beside their descriptor. */
final class ModelExamples {

    private ModelExamples() {}

    /** The example of a model; empty when the build had none, or when it is not for this contract. */
    static Optional<Example> read(ClassLoader resources, ModelDescriptor model) {
        String resource = ExampleJson.RESOURCES + model.name() + ".json";
        try (InputStream in = resources.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] document = in.readNBytes(ExampleJson.MAX_BYTES + 1);
            if (document.length > ExampleJson.MAX_BYTES) {
                return unusable(resource, "expected at most " + ExampleJson.MAX_BYTES + " bytes");
            }
            Example example = ExampleJson.read(document);
            return example.fits(model.contract())
                    ? Optional.of(example)
                    : unusable(resource, "its inputs are not those of model " + model.name());
        } catch (TensorFormatException e) {
            return unusable(resource, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unusable(resource, "cannot be read: " + e);
        }
    }

    /** An example documents a model; the model is served without it too. */
    private static Optional<Example> unusable(String resource, String reason) {
        System.err.println(resource + ": " + reason + "; going on without an example");
        return Optional.empty();
    }
}
