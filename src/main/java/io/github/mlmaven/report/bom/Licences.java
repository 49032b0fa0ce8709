package io.github.mlmaven.report.bom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.util.LicenseResolver;
import org.jspecify.annotations.Nullable;

/** Licences by their SPDX ids where their name or address is known, else in the pom's own words. */
final class Licences {

    private Licences() {}

    /** The licences of a component, or null, which the library takes for none. */
    static @Nullable LicenseChoice of(List<DeclaredLicence> declared) {
        List<License> licences = new ArrayList<>();
        for (DeclaredLicence licence : declared) {
            if (licence.name().isPresent() || licence.url().isPresent()) {
                licences.add(one(licence));
            }
        }
        if (licences.isEmpty()) {
            return null;
        }
        LicenseChoice choice = new LicenseChoice();
        choice.setLicenses(licences);
        return choice;
    }

    private static License one(DeclaredLicence declared) {
        License licence = new License();
        Optional<String> id = Stream.of(declared.name(), declared.url())
                .flatMap(Optional::stream)
                .flatMap(text -> spdx(text).stream())
                .findFirst();
        if (id.isPresent()) {
            licence.setId(id.get());
        } else {
            licence.setName(declared.name().or(declared::url).orElseThrow());
            declared.url().ifPresent(licence::setUrl);
        }
        return licence;
    }

    private static Optional<String> spdx(String text) {
        return known(text)
                // SPDX lists the addresses of licences without the file type that Apache's poms write.
                .or(() -> text.endsWith(".txt") ? known(text.substring(0, text.length() - 4)) : Optional.empty());
    }

    private static Optional<String> known(String text) {
        LicenseChoice known = LicenseResolver.resolve(text, false);
        return known == null || known.getLicenses() == null
                ? Optional.empty()
                : known.getLicenses().stream().map(License::getId).findFirst();
    }
}
