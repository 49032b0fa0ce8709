package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lock as JSON in UTF-8: equal locks have equal bytes, and whatever else is in a file is refused. */
public final class LockCodec {

    /** What a lock file holds at most; thousands of dependencies stay far below it. */
    public static final int MAX_BYTES = 16 << 20;

    private static final Pattern CONFLICT = Pattern.compile("^(<{7}|={7}|>{7}|\\|{7})( .*)?\\r?$", Pattern.MULTILINE);
    /** Nearly no lock has any, and this is found out at a fraction of the pattern's cost. */
    private static final List<String> MARKERS = List.of("<<<<<<<", "=======", ">>>>>>>", "|||||||");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String REPAIR =
            "Restore the file from version control, or delete it and run `mvn ml:lock` to lock what is there now.";

    private LockCodec() {}

    /** The lock's bytes. */
    public static byte[] write(Lock lock) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new EntryPerLine());
            new LockWriter(json).write(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a lock.
     *
     * @param place the file's name for messages
     * @param bytes its content
     */
    public static Lock read(String place, byte[] bytes) throws LockException {
        if (bytes.length > MAX_BYTES) {
            throw new LockException(List.of(Finding.of(
                    FindingId.LOCK_INVALID,
                    place,
                    "too large for a lock file",
                    "at most " + MAX_BYTES + " bytes",
                    "more",
                    REPAIR)));
        }
        String text = decode(place, bytes);
        if (text.isBlank()) {
            throw invalid(place, "line 1, column 1: the file is empty");
        }
        Matcher conflict = CONFLICT.matcher(text);
        if (MARKERS.stream().anyMatch(text::contains) && conflict.find()) {
            throw new LockException(List.of(Finding.of(
                    FindingId.LOCK_INVALID,
                    place,
                    position(text, conflict.start()) + "an unresolved merge conflict: " + conflict.group(1),
                    "Take either side whole, for example with `git checkout --ours " + place
                            + "`, then run `mvn ml:lock` to accept what the merge needs.")));
        }
        try (JsonParser json = JSON.createParser(text)) {
            return new LockReader(json).read();
        } catch (LockReader.UnknownVersion e) {
            throw new LockException(List.of(Finding.of(
                    FindingId.LOCK_VERSION,
                    place,
                    e.at() + ": another version of the file's format, whose rules this ml-maven-plugin does not know",
                    "lockVersion " + Lock.VERSION,
                    "lockVersion " + e.found(),
                    "Build with the ml-maven-plugin that wrote it, or delete it and run `mvn ml:lock`.")));
        } catch (JsonProcessingException e) {
            throw invalid(place, explain(text, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LockException invalid(String place, String message) {
        return new LockException(List.of(Finding.of(FindingId.LOCK_INVALID, place, message, REPAIR)));
    }

    private static String explain(String text, JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("malformed");
        if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
            return position(text, text.length()) + "the file ends in the middle";
        }
        JsonLocation at = e.getLocation();
        return "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + message;
    }

    private static String decode(String place, byte[] bytes) throws LockException {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean malformed = utf8.decode(ByteBuffer.wrap(bytes), text, true).isError();
        text.flip();
        if (malformed) {
            throw invalid(place, position(text, text.length()) + "not UTF-8");
        }
        return text.toString();
    }

    private static String position(CharSequence text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (offset - lineStart + 1) + ": ";
    }
}
