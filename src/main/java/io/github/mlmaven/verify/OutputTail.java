package io.github.mlmaven.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Drains what a process prints and keeps the end of it, however much that is. */
final class OutputTail {

    private static final int KEPT = 64 * 1024;
    private static final int SHOWN_LINES = 5;
    private static final int SHOWN_CHARACTERS = 600;
    private static final long END_MILLIS = 2_000;

    private final InputStream stream;
    private final Thread thread;
    private final byte[] ring = new byte[KEPT];
    private long length;

    private OutputTail(InputStream stream) {
        this.stream = stream;
        thread = new Thread(this::drain, "ml-fork-output");
        thread.setDaemon(true);
    }

    static OutputTail of(InputStream stream) {
        OutputTail tail = new OutputTail(stream);
        tail.thread.start();
        return tail;
    }

    /** The last lines; the process has ended, so that the stream ends too unless something inherited it. */
    List<String> end() throws IOException {
        try {
            thread.join(END_MILLIS);
            if (thread.isAlive()) {
                stream.close();
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return kept().lines().filter(line -> !line.isBlank()).toList();
    }

    /** The JVM's own reason for a crash, or the last few lines, on one line that is short enough for a message. */
    static String last(List<String> lines) {
        int crash = lines.indexOf("# A fatal error has been detected by the Java Runtime Environment:");
        int frame = lines.indexOf("# Problematic frame:");
        List<String> shown = crash >= 0 && frame > crash && frame + 1 < lines.size()
                ? List.of(signal(lines.subList(crash + 1, frame)), lines.get(frame + 1))
                : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        String text =
                String.join(" | ", shown).replaceAll("\\p{Cntrl}|# +", " ").strip();
        return text.length() <= SHOWN_CHARACTERS ? text : "…" + text.substring(text.length() - SHOWN_CHARACTERS);
    }

    private static String signal(List<String> lines) {
        String line = lines.stream().filter(l -> !l.equals("#")).findFirst().orElse("");
        return line.replaceFirst(" at pc=.*", "");
    }

    private void drain() {
        byte[] buffer = new byte[8192];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException closed) {
            // What was read until here is all there is.
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (length++ % KEPT)] = bytes[i];
        }
    }

    private synchronized String kept() {
        int count = (int) Math.min(length, KEPT);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = ring[(int) ((length - count + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
