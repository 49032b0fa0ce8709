package io.github.mlmaven.image.modelpack;

import java.util.Locale;
import java.util.Set;

/** What a file is to a model, which ModelPack's media types of layers tell apart. */
enum FileRole {
    /** The model itself, and data that it keeps in files beside it. */
    WEIGHT("weight"),
    /** What configures it: tokenizers, labels, descriptors. */
    WEIGHT_CONFIG("weight.config"),
    /** What people read. */
    DOC("doc");

    private static final Set<String> DOC_EXTENSIONS = Set.of("md", "rst", "pdf", "html", "png", "jpg", "jpeg", "svg");
    private static final Set<String> DOC_NAMES = Set.of("license", "licence", "notice", "readme", "copying", "authors");
    private static final Set<String> CONFIG_EXTENSIONS =
            Set.of("json", "yaml", "yml", "txt", "csv", "tsv", "toml", "ini", "cfg", "xml", "spm", "vocab", "merges");

    private final String name;

    FileRole(String name) {
        this.name = name;
    }

    /** The media type of a layer that is such a file as it is, in no archive. */
    String mediaType() {
        return "application/vnd.cncf.model." + name + ".v1.raw";
    }

    /** By its name, as ModelPack's own tools tell; what has no telling name is external data of the model. */
    static FileRole of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        if (DOC_EXTENSIONS.contains(extension) || DOC_NAMES.contains(stem)) {
            return DOC;
        }
        boolean mlflow = name.equals("mlmodel");
        return mlflow || CONFIG_EXTENSIONS.contains(extension) ? WEIGHT_CONFIG : WEIGHT;
    }
}
