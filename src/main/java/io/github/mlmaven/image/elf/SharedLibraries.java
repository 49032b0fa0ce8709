package io.github.mlmaven.image.elf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/** Finds, as the dynamic loader would, every shared library that programs need (the closure of {@code DT_NEEDED}). */
public final class SharedLibraries {

    /** The C library opens these by name, so that no header names them; newer ones have them built in. */
    private static final List<String> OPENED_BY_LIBC = List.of("libnss_files.so.2", "libnss_dns.so.2");

    private static final String LIBC = "libc.so.6";

    private final SystemRoot root;
    private final List<Path> searchPath;
    private final int machine;

    /** The folders where the loader looks without any configuration, which an image from scratch does not have. */
    public static List<Path> standardFolders(String multiarch) {
        return Stream.of("/lib/" + multiarch, "/usr/lib/" + multiarch, "/lib64", "/usr/lib64", "/lib", "/usr/lib")
                .map(Path::of)
                .toList();
    }

    /**
     * Looks for libraries in these folders, in this order.
     *
     * @param root where the folders are
     * @param searchPath their absolute paths there
     * @param machine the value of {@code e_machine} in what is for the same processor: like the loader, it passes over
     *     others, which a folder may hold too
     */
    public SharedLibraries(SystemRoot root, List<Path> searchPath, int machine) {
        this.root = root;
        this.searchPath = List.copyOf(searchPath);
        this.machine = machine;
    }

    /**
     * A library that is nowhere.
     *
     * @param name its name
     * @param neededBy the file that needs it
     */
    public record Missing(String name, Path neededBy) {}

    /**
     * The libraries of the system that programs need.
     *
     * @param files by the absolute path where the loader looks, the file on this machine, without links
     * @param missing what was not found
     */
    public record Closure(SortedMap<String, Path> files, List<Missing> missing) {}

    /** Finds what programs and libraries need beyond each other. */
    public Closure closure(Collection<Path> programs) throws IOException {
        return closure(programs, List.of());
    }

    /**
     * Finds what programs and libraries need beyond each other, and others that are known by name.
     *
     * @param names libraries that something else needs; one that is nowhere is left out
     */
    public Closure closure(Collection<Path> programs, Collection<String> names) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        List<Missing> missing = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        Map<Path, ElfFile> read = new HashMap<>();
        for (Path program : programs) {
            ElfFile elf = read(program);
            read.put(program, elf);
            known.add(name(program));
            soname(elf).ifPresent(known::add);
        }
        Deque<Path> todo = new ArrayDeque<>(programs);
        for (String name : names) {
            if (known.add(name)) {
                todo.addAll(find(name, files));
            }
        }
        while (!todo.isEmpty()) {
            Path file = todo.remove();
            ElfFile already = read.get(file);
            ElfFile elf = already != null ? already : read(file);
            ElfSegment interpreter = elf.firstSegmentByType(ElfSegment.PT_INTERP);
            if (interpreter != null) {
                Path loader = Path.of(interpreter.getIntepreter());
                Optional<Path> found = root.file(loader);
                if (found.isPresent()) {
                    files.put(loader.toString(), found.get());
                    known.add(name(loader));
                } else {
                    missing.add(new Missing(loader.toString(), file));
                }
            }
            for (String needed : needed(elf)) {
                if (!known.add(needed)) {
                    continue;
                }
                if (needed.equals(LIBC)) {
                    for (String opened : OPENED_BY_LIBC) {
                        if (known.add(opened)) {
                            todo.addAll(find(opened, files));
                        }
                    }
                }
                List<Path> library = find(needed, files);
                if (library.isEmpty()) {
                    missing.add(new Missing(needed, file));
                }
                todo.addAll(library);
            }
        }
        return new Closure(files, missing);
    }

    /** The names of the libraries that these need beyond each other, in their headers alone. */
    public static Set<String> neededBy(Collection<Path> libraries) throws IOException {
        Set<String> needed = new LinkedHashSet<>();
        Set<String> own = new LinkedHashSet<>();
        for (Path library : libraries) {
            ElfFile elf = read(library);
            own.add(name(library));
            soname(elf).ifPresent(own::add);
            needed.addAll(needed(elf));
        }
        needed.removeAll(own);
        return needed;
    }

    private static List<String> needed(ElfFile elf) {
        List<String> needed = new ArrayList<>();
        if (elf.getDynamicSection() != null) {
            needed.addAll(elf.getDynamicSection().getNeededLibraries());
        }
        return needed;
    }

    /** The name by which others need a library, which its file need not have. */
    private static Optional<String> soname(ElfFile elf) {
        if (elf.getDynamicSection() == null) {
            return Optional.empty();
        }
        return elf.getDynamicSection().entries.stream()
                .filter(e -> e.d_tag == ElfDynamicSection.DT_SONAME)
                .findFirst()
                .map(e -> elf.getDynamicStringTable().get((int) e.d_val_or_ptr));
    }

    /** Finds a library, and notes where it is. */
    private List<Path> find(String name, SortedMap<String, Path> files) throws IOException {
        for (Path folder : searchPath) {
            Path path = folder.resolve(name);
            Optional<Path> file = root.file(path);
            if (file.isPresent() && read(file.get()).e_machine == machine) {
                files.put(path.toString(), file.get());
                return List.of(file.get());
            }
        }
        return List.of();
    }

    private static ElfFile read(Path file) throws IOException {
        // Mapped: of a library of many megabytes only the headers are looked at.
        try (FileChannel channel = FileChannel.open(file)) {
            return ElfFile.from(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (ElfException e) {
            throw new IOException(file + " is not a program or library of this system: " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
