package io.github.mlmaven.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Test
    void itIsReadAsTheSpecificationHasIt() {
        assertThat(TraceContext.parse("00-" + TRACE + "-" + PARENT + "-01")).contains(new TraceContext(TRACE, PARENT));
        assertThat(TraceContext.parse("00-" + TRACE + "-" + PARENT + "-ff")).isPresent();
    }

    @Test
    void aLaterVersionMayGoOn() {
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + PARENT + "-01")).isPresent();
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + PARENT + "-01-what the future brings"))
                .contains(new TraceContext(TRACE, PARENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-1",
                "00-" + TRACE + "-" + PARENT + "-0x",
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "cc-" + TRACE + "-" + PARENT + "-01.more",
                "00_" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + PARENT + "--01",
                "0g-" + TRACE + "-" + PARENT + "-01",
                " 00-" + TRACE + "-" + PARENT + "-01"
            })
    void anythingElseIsNone(String traceparent) {
        assertThat(TraceContext.parse(traceparent)).isEmpty();
    }
}
