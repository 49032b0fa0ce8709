package io.github.mlmaven.inspect.scan.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.pickle.GlobalList.Verdict;
import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlobalListTest {

    @Test
    void whatHoldsOnlyDataIsDocumented() throws IOException {
        String checks = Files.readString(Path.of("docs/checks.md"));
        int start = checks.indexOf("### ML-SAFE-IMPORT");
        String section = checks.substring(start, checks.indexOf("\n### ", start));

        List<String> documented =
                section.lines().filter(line -> line.startsWith("- `")).toList();
        List<String> listed = new ArrayList<>();
        GlobalList.SHIPPED
                .data()
                .forEach((module, names) -> listed.add("- `" + module + "`: "
                        + String.join(", ", names.stream().sorted().toList())));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void modulesAreJudgedWithAllBelowThem() {
        assertThat(verdict("idlelib.run", "Executive")).isEqualTo(Verdict.HARM);
        assertThat(verdict("osmium", "Node")).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict("torch", "hub.load")).isEqualTo(Verdict.HARM);
        assertThat(verdict("torch", "float32")).isEqualTo(Verdict.DATA);
        assertThat(verdict("torch", "float32.x")).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict("cloudpickle.cloudpickle", "_make_cell")).isEqualTo(Verdict.CODE);
        assertThat(verdict("cloudpickle.cloudpickle", "loads")).isEqualTo(Verdict.HARM);
    }

    private static Verdict verdict(String module, String name) {
        return GlobalList.SHIPPED.judge(new Global(module, name)).verdict();
    }
}
