package io.github.mlmaven.report;

import java.util.List;

/**
 * What reports tell beside what was verified.
 *
 * @param pluginVersion the version of the plugin
 * @param sourceRoot the project's folder below the root of its sources, with {@code /} at its end; empty for the root
 * @param licences the licences that the project declares, by name
 */
public record ReportSettings(String pluginVersion, String sourceRoot, List<String> licences) {

    public ReportSettings {
        licences = List.copyOf(licences);
        if (!sourceRoot.isEmpty() && !sourceRoot.endsWith("/")) {
            throw new IllegalArgumentException("not a folder: " + sourceRoot);
        }
    }
}
