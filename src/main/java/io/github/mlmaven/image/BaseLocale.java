package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.VerifiedModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The locale of a base, by which Java encodes names of files: without one of UTF-8 it finds none beyond ASCII, and no
 * option of the command changes that.
 *
 * @param reference the base
 * @param utf8 whether it has such a locale
 * @param found what it has, for messages
 */
record BaseLocale(String reference, boolean utf8, String found) {

    /** Where the C library has its locales. */
    static final String FOLDER = "/usr/lib/locale/";

    /** The locale that an image asks for unless its base says another. */
    static final String DEFAULT = "C.UTF-8";

    private static final String TYPES = "/LC_CTYPE";
    private static final List<String> VARIABLES = List.of("LC_ALL", "LC_CTYPE", "LANG");

    /** That of a base image. */
    static BaseLocale of(String reference, BaseContents contents) {
        ImageConfig config = new ImageConfig(contents.config());
        String locale = VARIABLES.stream()
                .flatMap(name -> config.variable(name).stream())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(DEFAULT);
        boolean there = Stream.concat(files(locale).stream(), Stream.of(FOLDER + "locale-archive"))
                .anyMatch(file -> contents.files().resolve(file).isPresent());
        boolean utf8 = utf8(locale).isPresent();
        String found = "the locale " + locale + (utf8 && !there ? " without its files" : "");
        return new BaseLocale(reference, utf8 && there, found);
    }

    /** The files that tell the characters of a locale of UTF-8, in the order in which the C library looks. */
    static List<String> files(String locale) {
        return utf8(locale)
                .map(language -> List.of(FOLDER + locale + TYPES, FOLDER + language + ".utf8" + TYPES))
                .orElse(List.of());
    }

    /** What comes before the encoding of a locale, if that is UTF-8. */
    private static Optional<String> utf8(String locale) {
        int dot = locale.indexOf('.');
        String encoding = locale.substring(dot + 1).toLowerCase(Locale.ROOT).replace("-", "");
        return dot > 0 && encoding.equals("utf8") ? Optional.of(locale.substring(0, dot)) : Optional.empty();
    }

    /** Refuses models with files that the server would not find. */
    void check(List<VerifiedModel> models) throws ImageException {
        if (utf8) {
            return;
        }
        List<Finding> findings = models.stream()
                .flatMap(model -> model.inspected().files().stream()
                        .filter(file -> !file.path().chars().allMatch(c -> c < 128))
                        .map(file -> model.inspected().source().place() + "/" + file.path()))
                .map(this::finding)
                .toList();
        if (!findings.isEmpty()) {
            throw new ImageException(findings);
        }
    }

    private Finding finding(String file) {
        return Finding.of(
                FindingId.IMAGE_BASE,
                file,
                "the server would not find a file of this name in the image, as the base " + reference
                        + " has no locale of UTF-8",
                "a name in ASCII, or " + FOLDER + "C.utf8 in the base",
                found,
                "Rename the file, or set ml.image.base to an image with that locale, for example"
                        + " eclipse-temurin:17-jre.");
    }
}
