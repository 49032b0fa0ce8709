package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.GlobalList.Judgement;
import io.github.mlmaven.inspect.scan.pickle.GlobalList.Verdict;
import io.github.mlmaven.inspect.scan.pickle.PickleException.Reason;
import io.github.mlmaven.inspect.scan.pickle.Value.Extension;
import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import java.util.Optional;

/**
 * Decides whether what was interpreted is a pickle at all: without a header, text and weights start with opcodes too. A
 * list of words that begins with {@code cos} and {@code sin} imports os.sin; it takes a call, or an end in the right
 * place, to make a pickle of it.
 */
final class Recognition {

    /** What can be said at the end. */
    enum Outcome {
        PICKLE,
        /** Data without imports; a pickle if the file ends here. */
        DATA,
        /** It ends like a pickle, as short texts do; a pickle if one follows. */
        MAYBE,
        NOTHING
    }

    private boolean header;
    private boolean framed;
    private boolean memoized;
    private boolean imported;
    private boolean sure;
    private boolean pending;
    private boolean pendingBefore;
    private long steps;

    void header() {
        header |= steps == 0;
    }

    void frame() {
        framed = true;
    }

    void memoized() {
        memoized = true;
    }

    void imported(Global global, Judgement judgement) {
        boolean harm = judgement.verdict() == Verdict.HARM;
        imported |= harm || isPlausible(global);
        pending |= harm;
        sure |= (imported && header) || (harm && global.module().contains("."));
    }

    /** Only code does what happened. */
    void certain() {
        sure = true;
    }

    void called(Value callee) {
        boolean harm = callee instanceof Global global
                && GlobalList.SHIPPED.judge(global).verdict() == Verdict.HARM;
        boolean plausible = callee instanceof Extension || (callee instanceof Global global && isPlausible(global));
        sure |= harm || (plausible && (steps >= 2 || header));
        pending |= plausible;
    }

    /** An opcode was executed. */
    void step() {
        steps++;
        sure |= pendingBefore;
        pendingBefore = pending;
    }

    Outcome outcome(boolean stopped, Optional<PickleException> broken) {
        boolean ended = broken.filter(e -> e.reason() == Reason.TRUNCATED).isPresent();
        boolean limited = broken.filter(e -> e.reason() == Reason.LIMIT).isPresent();
        if (sure || limited || (header && (stopped || framed || (ended && steps > 1)))) {
            return Outcome.PICKLE;
        }
        if (!stopped) {
            return Outcome.NOTHING;
        }
        return memoized || imported ? Outcome.DATA : Outcome.MAYBE;
    }

    private static boolean isPlausible(Global global) {
        return isDotted(global.module()) && isDotted(global.name());
    }

    private static boolean isDotted(String name) {
        boolean start = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = c == '.' ? !start : start ? Character.isUnicodeIdentifierStart(c) || c == '_' : isPart(c);
            if (!fits) {
                return false;
            }
            start = c == '.';
        }
        return !start;
    }

    private static boolean isPart(char c) {
        return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }
}
