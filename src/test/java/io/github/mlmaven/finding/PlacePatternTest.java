package io.github.mlmaven.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacePatternTest {

    @ParameterizedTest
    @CsvSource({
        "src/main/model/x.pkl,    src/main/model/x.pkl",
        "src/main/model/[1].pkl,  src/main/model/[1].pkl",
        "src/main/model/*.pkl,    src/main/model/x.pkl",
        "src/main/model/x.p?l,    src/main/model/x.pkl",
        "src/**/x.pkl,            src/main/model/x.pkl",
        "**/x.pkl,                x.pkl",
        "**/x.pkl,                src/main/model/x.pkl",
        "src/main/**,             src/main/model/x.pkl",
        "src/main/model/a.zip!/**, src/main/model/a.zip!/b/c.pkl",
    })
    void aPatternMatches(String pattern, String place) {
        assertThat(new PlacePattern(pattern).matches(place)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "src/main/model/x.pkl,  src/main/model/x_pkl",
        "src/main/*.pkl,        src/main/model/x.pkl",
        "src/main/model/*.pkl,  src/main/model/x.pkl!/y",
        "src/main/model/?.pkl,  src/main/model/xy.pkl",
        "src?main/model/x.pkl,  src/main/model/x.pkl",
        "**/x.pkl,              src/main/model/yx.pkl",
        "src/main,              src/main/model/x.pkl",
        "src/main/model/a.zip,  src/main/model/a.zip!/b.pkl",
        "X.pkl,                 x.pkl",
    })
    void aPatternDoesNotMatch(String pattern, String place) {
        assertThat(new PlacePattern(pattern).matches(place)).isFalse();
    }
}
