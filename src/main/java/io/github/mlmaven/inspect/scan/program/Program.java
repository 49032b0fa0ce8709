package io.github.mlmaven.inspect.scan.program;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** How programs begin. */
final class Program {

    private static final int HEAD = 256;
    private static final int PE_OFFSET = 0x3C;

    /** What Linux and macOS take for an interpreter's path; "#![" is Rust's. */
    private static final Pattern SCRIPT = Pattern.compile("#![ \\t]*[!-Z\\\\-~][ -~\\t]*(\\r?\\n.*|)", Pattern.DOTALL);

    private Program() {}

    static Optional<String> of(Content content) throws IOException {
        byte[] head = content.head(HEAD);
        if (head.length < 4) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head);
        Optional<String> byMagic = switch (bytes.getInt(0)) {
            case 0x7F454C46 -> Optional.of("a program or library (ELF)");
            case 0xFEEDFACE, 0xFEEDFACF, 0xCEFAEDFE, 0xCFFAEDFE -> Optional.of("a program or library (Mach-O)");
            case 0xCAFEBABE -> Optional.of(cafeBabe(bytes));
            case 0xCAFEBABF -> Optional.of("programs or libraries for several processors (Mach-O)");
            case 0x0061736D -> Optional.of("a WebAssembly module");
            case 0x6465780A -> Optional.of("an Android program (DEX)");
            case 0x4243C0DE -> Optional.of("LLVM bitcode");
            default -> Optional.empty();
        };
        if (byMagic.isPresent()) {
            return byMagic;
        }
        if (isWindows(content, bytes)) {
            return Optional.of("a program or library for Windows");
        }
        if (isPython(bytes)) {
            return Optional.of("Python bytecode");
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return SCRIPT.matcher(text).matches() ? Optional.of("a script") : Optional.empty();
    }

    /** Java's major version is 45 or more; no file has so many processors. */
    private static String cafeBabe(ByteBuffer bytes) {
        boolean isClass = bytes.limit() >= 8 && (bytes.getShort(6) & 0xFFFF) >= 45;
        return isClass ? "a Java class" : "programs or libraries for several processors (Mach-O)";
    }

    /** "MZ" alone says little; the header of Windows or its forerunners follows where a field says. */
    private static boolean isWindows(Content content, ByteBuffer bytes) throws IOException {
        if (bytes.getShort(0) != 0x4D5A || bytes.limit() < PE_OFFSET + 4) {
            return false;
        }
        long at = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(PE_OFFSET) & 0xFFFF_FFFFL;
        bytes.order(ByteOrder.BIG_ENDIAN);
        if (at > content.size() - 4) {
            return false;
        }
        String next = new String(content.read(at, 4), StandardCharsets.ISO_8859_1);
        return next.equals("PE\0\0") || next.startsWith("NE") || next.startsWith("LE") || next.startsWith("LX");
    }

    /** The magic is a number of the version, then a line end; a code object follows at a place that depends on it. */
    private static boolean isPython(ByteBuffer bytes) {
        if (bytes.getShort(2) != 0x0D0A || bytes.limit() < 17) {
            return false;
        }
        int version = (bytes.get(0) & 0xFF) | (bytes.get(1) & 0xFF) << 8;
        boolean isKnown = (version >= 3000 && version < 4000) || (version >= 20_121 && version <= 62_211);
        return isKnown && (isCode(bytes.get(8)) || isCode(bytes.get(12)) || isCode(bytes.get(16)));
    }

    private static boolean isCode(byte type) {
        return (type & 0x7F) == 'c';
    }
}
