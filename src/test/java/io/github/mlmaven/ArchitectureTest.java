package io.github.mlmaven;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The walls of the house: data flows one way, and each outside library has one door. */
@AnalyzeClasses(packages = "io.github.mlmaven", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.mlmaven.";

    /** In the order in which data flows; a package imports only what stands before it. */
    private static final List<String> FLOW = List.of(
            "model", "files", "finding", "inspect", "verify", "lock", "embed", "image", "jib", "report", "mojo");

    @ArchTest
    static final ArchRule model = flow("model");

    @ArchTest
    static final ArchRule files = flow("files");

    @ArchTest
    static final ArchRule finding = flow("finding");

    @ArchTest
    static final ArchRule inspect = flow("inspect");

    @ArchTest
    static final ArchRule verify = flow("verify");

    @ArchTest
    static final ArchRule lock = flow("lock");

    @ArchTest
    static final ArchRule embed = flow("embed");

    @ArchTest
    static final ArchRule image = flow("image");

    @ArchTest
    static final ArchRule jib = flow("jib");

    @ArchTest
    static final ArchRule report = flow("report");

    @ArchTest
    static final ArchRule findingDoesNotKnowTheModel = noClasses()
            .that()
            .resideInAPackage(ROOT + "finding..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "model..");

    @ArchTest
    static final ArchRule servingKnowsOnlyTheModel = noClasses()
            .that()
            .resideInAPackage(ROOT + "serving..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(FLOW.subList(1, FLOW.size())));

    @ArchTest
    static final ArchRule whatShipsUsesOnlyItsOwnLibraries = classes()
            .that()
            .resideInAnyPackage(ROOT + "serving..", ROOT + "model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "sun.misc..",
                    ROOT + "serving..",
                    ROOT + "model..",
                    "io.vertx..",
                    "io.netty..",
                    "ai.onnxruntime..",
                    "com.fasterxml.jackson.core..",
                    "com.google.protobuf..",
                    "de.siegmar.fastcsv..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule onlyMojoImportsMaven = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "mojo..", ROOT + "help..", ROOT + "jib..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..", "org.codehaus.plexus..");

    @ArchTest
    static final ArchRule onlyImageImportsJib = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "image..", ROOT + "jib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.cloud.tools.jib..");

    /** Classes that the extension of jib-maven-plugin shares with the image, and that need nothing but the JDK. */
    private static final DescribedPredicate<JavaClass> SHARED_WITH_JIB = nameMatching(
                    "(\\[L)?io\\.github\\.mlmaven\\.image\\.(EngineJar|StoredJar|Entrypoint|Platform)(\\$.*)?;?")
            .forSubtype();

    /** It runs in jib-maven-plugin, whose class path has nothing else of ours. */
    @ArchTest
    static final ArchRule theExtensionOfJibUsesOnlyWhatJibHas = classes()
            .that()
            .resideInAPackage(ROOT + "jib..")
            .should()
            .onlyDependOnClassesThat(SHARED_WITH_JIB.or(resideInAnyPackage(
                    "java..",
                    ROOT + "jib..",
                    ROOT + "model..",
                    ROOT + "files..",
                    ROOT + "finding..",
                    "com.google.cloud.tools.jib.api.buildplan..",
                    "com.google.cloud.tools.jib.maven.extension..",
                    "com.google.cloud.tools.jib.plugins.extension..",
                    "org.apache.maven.project..",
                    "org.apache.maven.model..",
                    "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule whatTheExtensionOfJibSharesNeedsOnlyTheJdk = classes()
            .that(SHARED_WITH_JIB.or(resideInAnyPackage(ROOT + "files..", ROOT + "finding..")))
            .should()
            .onlyDependOnClassesThat(SHARED_WITH_JIB.or(
                    resideInAnyPackage("java..", ROOT + "files..", ROOT + "finding..", "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule onlyTheBillOfMaterialsImportsCycloneDx = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "report.bom..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.cyclonedx..");

    @ArchTest
    static final ArchRule onlyReportsImportPackageUrls = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.packageurl..");

    @ArchTest
    static final ArchRule onlyTheServerImportsItsStack = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "serving..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "ai.onnxruntime..");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("io.github.mlmaven.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theBuildLogsThroughMaven = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static ArchRule flow(String name) {
        List<String> after = new ArrayList<>(FLOW.subList(FLOW.indexOf(name) + 1, FLOW.size()));
        after.add("serving");
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(after));
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
    }
}
