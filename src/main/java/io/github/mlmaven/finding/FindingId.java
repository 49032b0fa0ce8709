package io.github.mlmaven.finding;

import static io.github.mlmaven.finding.Severity.ERROR;
import static io.github.mlmaven.finding.Severity.INFO;
import static io.github.mlmaven.finding.Severity.WARNING;

/** Every kind of finding; {@code docs/checks.md} explains each, and a test holds the two together. */
public enum FindingId {
    /** No model where one is expected. */
    MODEL_MISSING("ML-MODEL-MISSING", ERROR),
    /** A model that cannot be had from the repository it should come from. */
    MODEL_ARTIFACT("ML-MODEL-ARTIFACT", ERROR),
    /** The model folder holds a layout that cannot be told apart. */
    MODEL_LAYOUT("ML-MODEL-LAYOUT", ERROR),
    /** A file of zero bytes. */
    MODEL_EMPTY("ML-MODEL-EMPTY", ERROR),
    /** A Git LFS pointer instead of the file. */
    MODEL_LFS("ML-MODEL-LFS", ERROR),
    /** The content is not of the format that the name says. */
    MODEL_FORMAT("ML-MODEL-FORMAT", ERROR),
    /** The file ends before its content does. */
    MODEL_TRUNCATED("ML-MODEL-TRUNCATED", ERROR),
    /** The content breaks the rules of its format. */
    MODEL_CORRUPT("ML-MODEL-CORRUPT", ERROR),
    /** A limit of the reader is exceeded. */
    MODEL_LIMIT("ML-MODEL-LIMIT", ERROR),
    /** A file could not be read. */
    MODEL_UNREADABLE("ML-MODEL-UNREADABLE", ERROR),
    /** Readable, but something that a model needs is not there. */
    MODEL_STRUCTURE("ML-MODEL-STRUCTURE", ERROR),
    /** An external data file is missing, or shorter than the model says. */
    MODEL_EXTERNAL("ML-MODEL-EXTERNAL", ERROR),
    /** The engine does not load the model. */
    MODEL_ENGINE("ML-MODEL-ENGINE", ERROR),
    /** The forked JVM crashed, or exceeded its time or memory. */
    MODEL_FORK("ML-MODEL-FORK", ERROR),
    /** A path leads out of the model's folder. */
    SAFE_PATH("ML-SAFE-PATH", ERROR),
    /** A link where only plain files may be. */
    SAFE_LINK("ML-SAFE-LINK", ERROR),
    /** Code that attacks whoever loads the file. */
    SAFE_MALICIOUS("ML-SAFE-MALICIOUS", ERROR),
    /** A Python pickle, which runs code when it is loaded. */
    SAFE_PICKLE("ML-SAFE-PICKLE", ERROR),
    /** A pickle imports what is not known to be only data. */
    SAFE_IMPORT("ML-SAFE-IMPORT", ERROR),
    /** The file carries code of its own. */
    SAFE_CODE("ML-SAFE-CODE", ERROR),
    /** An operator that reaches out of the model, or that nobody knows. */
    SAFE_OPERATOR("ML-SAFE-OPERATOR", ERROR),
    /** An archive that is built to hurt or to hide. */
    SAFE_ARCHIVE("ML-SAFE-ARCHIVE", ERROR),
    /** XML that reaches out of its file. */
    SAFE_XML("ML-SAFE-XML", ERROR),
    /** A template that reaches out of what it is given. */
    SAFE_TEMPLATE("ML-SAFE-TEMPLATE", ERROR),
    /** A file that is not recognised. */
    SAFE_UNKNOWN("ML-SAFE-UNKNOWN", ERROR),
    /** A model, or weights, of a format that is not served, beside the model. */
    MODEL_UNSERVED("ML-MODEL-UNSERVED", WARNING),
    /** The signature does not fit the files. */
    SIGN_INVALID("ML-SIGN-INVALID", ERROR),
    /** A signature that nothing is configured to verify with. */
    SIGN_UNVERIFIED("ML-SIGN-UNVERIFIED", ERROR),
    /** The result depends on a locale that the image may not have. */
    PORT_LOCALE("ML-PORT-LOCALE", WARNING),
    /** An operator or operator set that is newer than the engine. */
    PORT_OPSET("ML-PORT-OPSET", ERROR),
    /** The engine's natives need a newer C library, or another processor, than there is. */
    PORT_NATIVES("ML-PORT-NATIVES", ERROR),
    /** The latency budget is missed. */
    LATENCY_BUDGET("ML-LATENCY-BUDGET", ERROR),
    /** The memory budget is missed. */
    MEMORY_BUDGET("ML-MEMORY-BUDGET", ERROR),
    /** The size budget is missed. */
    SIZE_BUDGET("ML-SIZE-BUDGET", ERROR),
    /** The contract changed so that clients break. */
    CONTRACT_CHANGED("ML-CONTRACT-CHANGED", ERROR),
    /** The contract changed so that clients need not notice. */
    CONTRACT_EXTENDED("ML-CONTRACT-EXTENDED", INFO),
    /** An accepted risk that is not there. */
    ACCEPT_UNUSED("ML-ACCEPT-UNUSED", WARNING),
    /** Expected outputs that this engine gave, not the training library. */
    GOLDEN_RECORDED("ML-GOLDEN-RECORDED", INFO),
    /** An input or output has a type that no protocol can carry. */
    CONTRACT_TYPE("ML-CONTRACT-TYPE", ERROR),
    /** The signature of an MLflow model is not the contract of its file. */
    CONTRACT_SIGNATURE("ML-CONTRACT-SIGNATURE", ERROR),
    /** The engine's contract is not the one that was read from the file. */
    CONTRACT_ENGINE("ML-CONTRACT-ENGINE", ERROR),
    /** A model without golden data. */
    GOLDEN_MISSING("ML-GOLDEN-MISSING", WARNING),
    /** Golden data that cannot be read, or does not fit the contract. */
    GOLDEN_INVALID("ML-GOLDEN-INVALID", ERROR),
    /** A golden case that has not every output. */
    GOLDEN_PARTIAL("ML-GOLDEN-PARTIAL", WARNING),
    /** The engine refused a golden input. */
    GOLDEN_RUN("ML-GOLDEN-RUN", ERROR),
    /** An output differs from the golden one. */
    GOLDEN_MISMATCH("ML-GOLDEN-MISMATCH", ERROR),
    /** No lock where one is required. */
    LOCK_MISSING("ML-LOCK-MISSING", ERROR),
    /** Something differs from the lock. */
    LOCK_DRIFT("ML-LOCK-DRIFT", ERROR),
    /** The lock file cannot be read. */
    LOCK_INVALID("ML-LOCK-INVALID", ERROR),
    /** The lock file has a version that this plugin does not know. */
    LOCK_VERSION("ML-LOCK-VERSION", ERROR),
    /** The lock was to be changed where that is forbidden. */
    LOCK_REFUSED("ML-LOCK-REFUSED", ERROR),
    /** An artifact whose bytes are not there, so that it has no checksum. */
    LOCK_UNRESOLVED("ML-LOCK-UNRESOLVED", ERROR),
    /** The base image cannot be used. */
    IMAGE_BASE("ML-IMAGE-BASE", ERROR),
    /** The image's name is not one that registries accept. */
    IMAGE_NAME("ML-IMAGE-NAME", ERROR),
    /** What should go into the image is missing, or is not what was verified. */
    IMAGE_CONTENT("ML-IMAGE-CONTENT", ERROR),
    /** The platform is not supported. */
    IMAGE_PLATFORM("ML-IMAGE-PLATFORM", ERROR),
    /** The configuration of jib-maven-plugin leaves no place for the server. */
    IMAGE_JIB("ML-IMAGE-JIB", ERROR),
    /** The image cannot go where it should. */
    IMAGE_TARGET("ML-IMAGE-TARGET", ERROR),
    /** The registry does not take the image. */
    IMAGE_PUSH("ML-IMAGE-PUSH", ERROR),
    /** The assembled image did not answer as it should. */
    IMAGE_SMOKE("ML-IMAGE-SMOKE", ERROR),
    /** A second build of the image differs, or could not be made. */
    IMAGE_REPRODUCE("ML-IMAGE-REPRODUCE", ERROR);

    private final String id;
    private final Severity severity;

    FindingId(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    /** The id as reports write it: {@code ML-AREA-WHAT}. */
    public String id() {
        return id;
    }

    /** The severity unless configured otherwise. */
    public Severity severity() {
        return severity;
    }
}
