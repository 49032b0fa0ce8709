package io.github.mlmaven.bench.lock;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to write or check a lock.
 *
 * @param name in the results
 * @param goal which of the build's goals is timed, {@code ARTIFACT:GOAL}
 * @param fresh whether the lock is deleted before, so that it is written
 * @param arguments of Maven
 */
record Contender(String name, String goal, boolean fresh, List<String> arguments) {

    static final String WRITE = "ml:lock, write";
    static final String CHECK = "ml:lock, check";
    static final String REHASH = "ml:lock, check, -Dml.lock.rehash";
    static final String WRITE_REHASH = "ml:lock, write, -Dml.lock.rehash";
    static final String BY_HAND = "mvn ml:lock, verification included";
    static final String VERIFY = "ml:verify, without the lock";
    static final String GENERATE = "maven-lockfile:generate";
    static final String VALIDATE = "maven-lockfile:validate";
    static final String ALONE = ", dependencies alone";
    static final String SKIPPED = "maven-lockfile:generate, -Dskip";

    private static final String OURS = "ml-maven-plugin:";
    private static final String THEIRS = "maven-lockfile:";
    private static final String VERIFIED = "ml:verify@default-verify";

    Contender {
        arguments = List.copyOf(arguments);
    }

    /**
     * Everybody, in the order of a round: who checks comes after one who wrote. In these projects the execution {@code
     * default-verify} has no lock, so that the whole of the lock falls to {@code ml:lock}.
     *
     * @param version of the peer
     */
    static List<Contender> all(String version) {
        String peer = "io.github.chains-project:maven-lockfile:" + version + ":";
        // The bytes on this machine, as ml:lock takes them; by default it asks the repositories for them.
        String local = "-DchecksumMode=local";
        List<String> whole = List.of("-DlockfileName=whole.json", local);
        List<String> alone = List.of(
                "-DlockfileName=alone.json",
                local,
                "-DincludeMavenPlugins=false",
                "-DincludeMavenExtensions=false",
                "-DincludeParentPom=false",
                "-DincludeBoms=false");
        return List.of(
                ours(WRITE, "lock", true, VERIFIED, "ml:lock"),
                theirs(GENERATE, "generate", peer, whole),
                theirs(GENERATE + ALONE, "generate", peer, alone),
                ours(CHECK, "lock", false, "initialize", "-Dml.locked"),
                theirs(VALIDATE, "validate", peer, whole),
                theirs(VALIDATE + ALONE, "validate", peer, alone),
                ours(WRITE_REHASH, "lock", true, VERIFIED, "ml:lock", "-Dml.lock.rehash"),
                ours(REHASH, "lock", false, "initialize", "-Dml.locked", "-Dml.lock.rehash"),
                ours(BY_HAND, "lock", true, "ml:lock"),
                ours(VERIFY, "verify", false, "initialize", "-Dml.locked"),
                theirs(SKIPPED, "generate", peer, List.of("-Dskip")));
    }

    private static Contender ours(String name, String goal, boolean fresh, String... arguments) {
        return new Contender(name, OURS + goal, fresh, List.of(arguments));
    }

    private static Contender theirs(String name, String goal, String peer, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(peer + goal));
        arguments.addAll(options);
        return new Contender(name, THEIRS + goal, false, arguments);
    }

    boolean isOurs() {
        return goal.startsWith(OURS);
    }
}
