package io.github.mlmaven.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;

/** A platform that images are built for: what the engine ships natives for, of what registries call a platform. */
public enum Platform {
    /** Linux on x86-64. */
    LINUX_AMD64("amd64", "linux-x64"),
    /** Linux on 64-bit ARM. */
    LINUX_ARM64("arm64", "linux-aarch64");

    private static final String OS = "linux";

    private final String architecture;
    private final String natives;

    Platform(String architecture, String natives) {
        this.architecture = architecture;
        this.natives = natives;
    }

    /** The operating system as the OCI image specification names it. */
    public String os() {
        return OS;
    }

    /** The architecture as the OCI image specification names it. */
    public String architecture() {
        return architecture;
    }

    /** The architecture as GNU's tools name it, in the names of folders and loaders. */
    String gnuArchitecture() {
        return this == LINUX_AMD64 ? "x86_64" : "aarch64";
    }

    /** What the header of its programs says that they are for: {@code e_machine} of ELF, EM_X86_64 or EM_AARCH64. */
    int elfMachine() {
        return this == LINUX_AMD64 ? ElfFile.ARCH_X86_64 : ElfFile.ARCH_AARCH64;
    }

    /** The file name of glibc's dynamic loader. */
    String loader() {
        return this == LINUX_AMD64 ? "ld-linux-x86-64.so.2" : "ld-linux-aarch64.so.1";
    }

    /** The folder of the engine's natives in ONNX Runtime's jar. */
    public String natives() {
        return natives;
    }

    /** The platform of this name, {@code linux/amd64} or {@code linux/arm64}. */
    public static Optional<Platform> of(String name) {
        return Arrays.stream(values()).filter(p -> p.toString().equals(name)).findFirst();
    }

    /**
     * The platform of a machine, empty where no image can be built for it.
     *
     * @param osName the system property {@code os.name}
     * @param osArch the system property {@code os.arch}
     */
    public static Optional<Platform> ofMachine(String osName, String osArch) {
        if (!osName.toLowerCase(Locale.ROOT).startsWith(OS)) {
            return Optional.empty();
        }
        return switch (osArch) {
            case "amd64", "x86_64" -> Optional.of(LINUX_AMD64);
            case "aarch64", "arm64" -> Optional.of(LINUX_ARM64);
            default -> Optional.empty();
        };
    }

    /** The name in messages and in files: {@code linux/amd64}. */
    @Override
    public String toString() {
        return OS + "/" + architecture;
    }
}
