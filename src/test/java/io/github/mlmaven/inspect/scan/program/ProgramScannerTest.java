package io.github.mlmaven.inspect.scan.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramScannerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "7f454c46 02010100, a program or library (ELF)",
        "cffaedfe 07000001, a program or library (Mach-O)",
        "feedface 00000007, a program or library (Mach-O)",
        "cafebabe 00000002, programs or libraries for several processors (Mach-O)",
        "cafebabf 00000002, programs or libraries for several processors (Mach-O)",
        "cafebabe 00000041, a Java class",
        "0061736d 01000000, a WebAssembly module",
        "6465780a 30333500, an Android program (DEX)",
        "4243c0de 35140000, LLVM bitcode",
        "cb0d0d0a 00000000 00000000 00000000 e3000000, Python bytecode",
        "2b0e0d0a 00000000 00000000 00000000 e3000000, Python bytecode",
        "03f30d0a 00000000 63000000 00000000 00000000, Python bytecode"
    })
    void aProgramIsRecognised(String hex, String format) throws IOException {
        assertThat(scan(bytes(hex))).map(ScanResult::format).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PE\0\0", "NE..", "LE..", "LX.."})
    void aProgramForWindowsIsRecognisedByBothOfItsHeaders(String second) throws IOException {
        byte[] program = Arrays.copyOf("MZ".getBytes(StandardCharsets.US_ASCII), 132);
        program[0x3C] = (byte) 128;
        byte[] header = second.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, program, 128, 4);

        assertThat(scan(program)).map(ScanResult::format).contains("a program or library for Windows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/bin/sh\nrm -rf /\n",
                "#! /usr/bin/env python3\r\nprint()\r\n",
                "#!python\n\u0001\u0002",
                "#!/bin/sh"
            })
    void aScriptNamesItsInterpreter(String script) throws IOException {
        assertThat(scan(script.getBytes(StandardCharsets.UTF_8)))
                .map(ScanResult::format)
                .contains("a script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MZ is how this text begins, and it is long enough to have a field that leads to another header",
                "#![allow(unused)]\n",
                "#! \n",
                "# comment",
                "#!",
                "",
                "ab\r\nc"
            })
    void whatOnlyLooksLikeAProgramIsNone(String text) throws IOException {
        assertThat(scan(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void noiseBehindTheMarkOfAScriptIsNone() throws IOException {
        assertThat(scan(bytes("2321 9a02 fe11"))).isEmpty();
    }

    @Test
    void aProgramIsAnError() throws IOException {
        ScanResult result = scan(bytes("7f454c46 02010100")).orElseThrow();

        assertThat(result.kind()).isEqualTo(Kind.UNSAFE);
        assertThat(result.findings())
                .extracting(Finding::line)
                .containsExactly("ML-SAFE-CODE: m: it is a program; expected a model and its data, found a program or"
                        + " library (ELF). Move it out of the model's folder; ask where it comes from.");
    }

    private Optional<ScanResult> scan(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("m"), bytes);
        try (Scan scan = new Scan(List.of(), ScanLimits.DEFAULT, folder)) {
            return new ProgramScanner().scan(Content.of(file, "m"), scan);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
