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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfDynamicSection;
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
        Map<Path, Header> read = new HashMap<>();
        for (Path program : programs) {
            Header header = Header.of(program);
            read.put(program, header);
            known.add(name(program));
            header.soname().ifPresent(known::add);
        }
        Deque<Path> todo = new ArrayDeque<>(programs);
        for (String name : names) {
            if (known.add(name)) {
                todo.addAll(find(name, files, read));
            }
        }
        while (!todo.isEmpty()) {
            Path file = todo.remove();
            Header header = Objects.requireNonNull(read.get(file), file::toString);
            if (header.interpreter().isPresent()) {
                Path loader = Path.of(header.interpreter().get());
                Optional<Path> found = root.file(loader);
                if (found.isPresent()) {
                    files.put(loader.toString(), found.get());
                    known.add(name(loader));
                } else {
                    missing.add(new Missing(loader.toString(), file));
                }
            }
            for (String needed : header.needed()) {
                if (!known.add(needed)) {
                    continue;
                }
                if (needed.equals(LIBC)) {
                    for (String opened : OPENED_BY_LIBC) {
                        if (known.add(opened)) {
                            todo.addAll(find(opened, files, read));
                        }
                    }
                }
                List<Path> library = find(needed, files, read);
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
            Header header = Header.of(library);
            own.add(name(library));
            header.soname().ifPresent(own::add);
            needed.addAll(header.needed());
        }
        needed.removeAll(own);
        return needed;
    }

    /** Finds a library, and notes where it is and what its header says. */
    private List<Path> find(String name, SortedMap<String, Path> files, Map<Path, Header> read) throws IOException {
        for (Path folder : searchPath) {
            Path path = folder.resolve(name);
            Optional<Path> file = root.file(path);
            if (file.isEmpty()) {
                continue;
            }
            Header header = Header.of(file.get());
            if (header.machine() == machine) {
                files.put(path.toString(), file.get());
                read.put(file.get(), header);
                return List.of(file.get());
            }
        }
        return List.of();
    }

    /**
     * What the header of a program or a library says.
     *
     * @param machine the processor that it is for, {@code e_machine}
     * @param interpreter the loader that starts it
     * @param needed the libraries that it needs, by name
     * @param soname the name by which others need it, which its file need not have
     */
    private record Header(int machine, Optional<String> interpreter, List<String> needed, Optional<String> soname) {

        static Header of(Path file) throws IOException {
            // Mapped: of a library of many megabytes only the headers are looked at.
            try (FileChannel channel = FileChannel.open(file)) {
                return of(ElfFile.from(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())));
            } catch (RuntimeException e) {
                // Whatever it is in which it reads a damaged file; it reads on when it is asked.
                throw new IOException(file + " is not a program or library of this system: " + e.getMessage(), e);
            }
        }

        private static Header of(ElfFile elf) {
            ElfSegment interpreter = elf.firstSegmentByType(ElfSegment.PT_INTERP);
            ElfDynamicSection dynamic = elf.getDynamicSection();
            return new Header(
                    elf.e_machine,
                    Optional.ofNullable(interpreter).map(ElfSegment::getIntepreter),
                    dynamic == null ? List.of() : List.copyOf(dynamic.getNeededLibraries()),
                    dynamic == null
                            ? Optional.empty()
                            : dynamic.entries.stream()
                                    .filter(e -> e.d_tag == ElfDynamicSection.DT_SONAME)
                                    .findFirst()
                                    .map(e -> elf.getDynamicStringTable().get((int) e.d_val_or_ptr)));
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
