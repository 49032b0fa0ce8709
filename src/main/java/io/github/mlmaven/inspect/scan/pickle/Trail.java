package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.GlobalList.Judgement;
import io.github.mlmaven.inspect.scan.pickle.GlobalList.Verdict;
import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What loading pickles would do, as far as they were read. */
final class Trail {

    private static final int PACKAGES = 64;

    private final Found harm = new Found();
    private final Found unknown = new Found();
    private final Found code = new Found();
    private final Set<String> harms = new TreeSet<>();
    private final Set<String> packages = new TreeSet<>();
    private Optional<PickleException> broken = Optional.empty();
    private long brokenAt;
    private Optional<String> limit = Optional.empty();
    private boolean onlyHarm;
    private boolean arrayWrappers;
    private boolean torchMagic;
    private int protocol;
    private long following;

    Judgement imports(Global global, long at) {
        Judgement judgement = GlobalList.SHIPPED.judge(global);
        if (judgement.verdict() == Verdict.HARM) {
            harm(global.full(), judgement.harm(), at);
        } else if (!onlyHarm) {
            if (judgement.verdict() == Verdict.CODE) {
                code.add(global.full(), at);
            } else if (judgement.verdict() == Verdict.UNKNOWN) {
                unknown.add(global.full(), at);
            }
            if (packages.size() < PACKAGES) {
                packages.add(global.module().split("\\.", 2)[0]);
            }
        }
        return judgement;
    }

    void harm(String what, String does, long at) {
        harm.add(what, at);
        harms.add(does);
    }

    void unknown(String what, long at) {
        if (!onlyHarm) {
            unknown.add(what, at);
        }
    }

    void code(String what, long at) {
        if (!onlyHarm) {
            code.add(what, at);
        }
    }

    /** From here on Python would not go: what looks like imports may be chance. */
    void breaks(PickleException reason, long at) {
        if (broken.isEmpty()) {
            broken = Optional.of(reason);
            brokenAt = at;
        }
        onlyHarm = true;
    }

    /** It was read in a way that few would. */
    void onlyHarm() {
        onlyHarm = true;
    }

    void limit(String what) {
        limit = Optional.of(what);
    }

    void protocol(int number) {
        protocol = Math.max(protocol, number);
    }

    void arrayWrapper() {
        arrayWrappers = true;
    }

    void torchMagic() {
        torchMagic = true;
    }

    void following(long bytes) {
        following = bytes;
    }

    /** Takes over what was found in another pickle of the same file. */
    void add(Trail other) {
        addNested(other);
        if (broken.isEmpty()) {
            broken = other.broken;
            brokenAt = other.brokenAt;
        }
        arrayWrappers |= other.arrayWrappers;
        torchMagic |= other.torchMagic;
        protocol = Math.max(protocol, other.protocol);
    }

    /** Takes over what was found in a pickle within a string. */
    void addNested(Trail other) {
        addHarm(other);
        unknown.addAll(other.unknown);
        code.addAll(other.code);
        packages.addAll(other.packages);
        limit = limit.or(() -> other.limit);
    }

    void addHarm(Trail other) {
        harm.addAll(other.harm);
        harms.addAll(other.harms);
    }

    Found harm() {
        return harm;
    }

    Set<String> harms() {
        return harms;
    }

    Found unknown() {
        return unknown;
    }

    Found code() {
        return code;
    }

    Set<String> packages() {
        return packages;
    }

    Optional<PickleException> broken() {
        return broken;
    }

    long brokenAt() {
        return brokenAt;
    }

    Optional<String> limit() {
        return limit;
    }

    boolean hasArrayWrappers() {
        return arrayWrappers;
    }

    boolean hasTorchMagic() {
        return torchMagic;
    }

    int protocol() {
        return protocol;
    }

    /** How many bytes are left after the last pickle. */
    long following() {
        return following;
    }
}
