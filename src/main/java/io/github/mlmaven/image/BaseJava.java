package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java that an image of a registry brings: the entrypoint starts it, and it must run the project's classes. */
final class BaseJava {

    /** What container engines search when an image does not say it. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final Pattern RELEASE_VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"?([^\"\\s]+)");

    // 17.0.2 and jdk-17.0.19+10, but also 1.8.0_412 and jdk8u412-b08.
    private static final Pattern FEATURE = Pattern.compile("(?:jdk-?)?(?:1\\.(?=\\d))?(\\d{1,4})");

    private final String reference;
    private final ImageConfig config;
    private final BaseFiles files;

    BaseJava(String reference, BaseContents contents) {
        this.reference = reference;
        this.config = new ImageConfig(contents.config());
        this.files = contents.files();
    }

    /** Refuses a base without a Java, or with one that is too old; where its version cannot be found, tells that. */
    void check(int release, ImageLog log) throws ImageException {
        String java = command().orElseThrow(() -> new ImageException(missing(release)));
        Optional<Version> version = version(java);
        if (version.isEmpty()) {
            log.info("The base image does not tell the version of " + java + "; the project needs Java " + release
                    + " or later");
        } else if (version.get().feature() < release) {
            throw new ImageException(tooOld(release, version.get()));
        }
    }

    /** The file that the entrypoint's command starts. */
    private Optional<String> command() {
        String java = config.java();
        return java.startsWith("/")
                ? files.resolve(java)
                : Stream.of(path().split(":", -1))
                        .map(folder -> files.resolve(folder + "/" + java))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private String path() {
        return config.variable("PATH").orElse(DEFAULT_PATH);
    }

    /** By the file that belongs to this very Java, else by what the image says of itself. */
    private Optional<Version> version(String java) {
        String home = java.replaceFirst("/bin/java$", "");
        // A JDK 8 has its java twice, in bin and in jre/bin.
        Optional<Version> own = Stream.of(home, home.replaceFirst("/jre$", ""))
                .map(folder -> folder + "/" + BaseFiles.RELEASE)
                .flatMap(this::versionIn)
                .findFirst();
        return own.or(() -> config.variable("JAVA_VERSION").flatMap(v -> Version.parse(v, "JAVA_VERSION")));
    }

    private Stream<Version> versionIn(String release) {
        return files.text(release).map(RELEASE_VERSION::matcher).filter(Matcher::find).stream()
                .flatMap(found -> Version.parse(found.group(1), release).stream());
    }

    private Finding missing(int release) {
        String java = config.java();
        return Finding.of(
                FindingId.IMAGE_BASE,
                reference,
                "the base image has no Java",
                java.startsWith("/") ? java + ", as its JAVA_HOME says" : "java in one of the folders " + path(),
                "no such file",
                next(release));
    }

    private Finding tooOld(int release, Version found) {
        return Finding.of(
                FindingId.IMAGE_BASE,
                reference,
                "the base image's Java is too old for the project's classes",
                "Java " + release + " or later",
                "Java " + found.feature() + " (" + found.place() + " says " + found.text() + ")",
                next(release));
    }

    private static String next(int release) {
        return "Set ml.image.base to an image with Java " + release + ", for example eclipse-temurin:" + release
                + "-jre.";
    }

    private record Version(int feature, String text, String place) {
        static Optional<Version> parse(String text, String place) {
            Matcher matcher = FEATURE.matcher(text);
            return matcher.lookingAt()
                    ? Optional.of(new Version(Integer.parseInt(matcher.group(1)), text, place))
                    : Optional.empty();
        }
    }
}
