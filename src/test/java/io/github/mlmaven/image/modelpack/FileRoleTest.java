package io.github.mlmaven.image.modelpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRoleTest {

    @ParameterizedTest
    @CsvSource({
        "a/1/model.onnx, WEIGHT",
        "a/1/model.onnx.data, WEIGHT",
        "a/1/model.onnx_data, WEIGHT",
        "a/1/weights, WEIGHT",
        "a/1/ml-model.json, WEIGHT_CONFIG",
        "a/1/tokenizer/vocab.TXT, WEIGHT_CONFIG",
        "a/1/MLmodel, WEIGHT_CONFIG",
        "a/1.md/labels.csv, WEIGHT_CONFIG",
        "a/1/README.md, DOC",
        "a/1/LICENSE, DOC",
        "a/1/License.txt, DOC",
        "a/1/roc.png, DOC",
    })
    void isToldByTheName(String path, FileRole role) {
        assertThat(FileRole.of(path)).isEqualTo(role);
    }
}
