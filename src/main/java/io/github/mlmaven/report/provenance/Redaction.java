package io.github.mlmaven.report.provenance;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of the command line may be told to everybody: properties of this plugin, without secrets and without paths of the
 * machine.
 *
 * @param root the root folder of the build
 */
public record Redaction(Path root) {

    /** What stands for something that is not told. */
    static final String REDACTED = "[redacted]";

    private static final String OURS = "ml.";

    // Those say how a build is run and not what it makes, and have their own place.
    private static final String RUN = "ml.provenance.";

    private static final String SECRET =
            "(?:passw|passphrase|pwd|token|secret|credential|auth|api.?key|access.?key|private.?key)";
    private static final Pattern SECRET_NAME = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_IN_VALUE = Pattern.compile(SECRET + "[\\w.-]*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");

    /** A property's value as it may be told; empty when nothing may be. */
    public Optional<String> property(String name, String value) {
        if (!name.startsWith(OURS)
                || name.startsWith(RUN)
                || SECRET_NAME.matcher(name).find()) {
            return Optional.empty();
        }
        return Optional.of(SECRET_IN_VALUE.matcher(value).find() ? REDACTED : path(withoutUser(value)));
    }

    /** An address without the name and password in it. */
    public static String withoutUser(String text) {
        return USER_INFO.matcher(text).replaceAll(REDACTED + "@");
    }

    private String path(String value) {
        Path path;
        try {
            path = Path.of(value);
        } catch (InvalidPathException e) {
            return value;
        }
        if (!path.isAbsolute()) {
            return value;
        }
        Path from = root.toAbsolutePath().normalize();
        Path to = path.normalize();
        return to.startsWith(from)
                ? "./" + from.relativize(to).toString().replace(File.separatorChar, '/')
                : REDACTED + "/" + to.getFileName();
    }
}
