package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.MavenProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two modules with a model each, of which one uses a third: locked by two builds of two threads at the same time. */
class LockReactorIT {

    private static final List<String> MODELS = List.of("fraud", "churn");

    @TempDir
    Path folder;

    @Test
    void buildsAtTheSameTimeAgreeAndASiblingMayChange() throws Exception {
        LockProject project = LockProject.in(folder);
        writeTheModules(project);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<MavenProcess> first = threads.submit(() -> project.run(Map.of(), "-T2", "ml:lock"));
            Future<MavenProcess> second = threads.submit(() -> project.run(Map.of(), "-T2", "ml:lock"));
            for (MavenProcess maven : List.of(first.get(), second.get())) {
                assertThat(maven.exit()).as(maven.output()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        for (String model : MODELS) {
            Path module = project.root().resolve(model);
            assertThat(module.resolve("ml.lock")).content().contains("\"churn\": {".replace("churn", model));
            assertThat(module.toFile().list()).containsExactlyInAnyOrder("ml.lock", "pom.xml", "src", "target");
        }
        assertThat(project.root().resolve("fraud/ml.lock"))
                .content()
                .contains("{\"artifact\": \"com.acme.it:features:jar\", \"reactor\": true, \"scope\": \"compile\"}");

        project.write("features/src/main/resources/features.txt", "another build of the snapshot");
        String rebuilt = project.succeeds("-T2", "process-classes", "-Dml.locked");
        assertThat(project.root().resolve("features/target/classes/features.txt"))
                .exists();
        assertThat(rebuilt.lines().filter(line -> line.contains("ml.lock: everything is as locked")))
                .hasSize(2);
    }

    private static void writeTheModules(LockProject project) throws Exception {
        project.write("pom.xml", """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme.it</groupId>
                  <artifactId>all</artifactId>
                  <version>1-SNAPSHOT</version>
                  <packaging>pom</packaging>
                  <properties><ml.image.base>jdk</ml.image.base></properties>
                  <modules><module>features</module><module>fraud</module><module>churn</module></modules>
                  <build><plugins><plugin>
                    <groupId>io.github.mlmaven</groupId>
                    <artifactId>ml-maven-plugin</artifactId>
                    <version>%s</version>
                    <extensions>true</extensions>
                  </plugin></plugins></build>
                </project>
                """.formatted(System.getProperty("plugin.version")));
        project.write("features/pom.xml", module("features", "jar", ""));
        project.write(
                "fraud/pom.xml", module("fraud", "ml-model", FileRepository.dependency("features", "1-SNAPSHOT")));
        project.write("churn/pom.xml", module("churn", "ml-model", ""));
        for (String model : MODELS) {
            project.model(model);
        }
    }

    private static String module(String name, String packaging, String dependencies) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>com.acme.it</groupId><artifactId>all</artifactId><version>1-SNAPSHOT</version>
                  </parent>
                  <artifactId>%s</artifactId>
                  <packaging>%s</packaging>
                  <dependencies>%s</dependencies>
                </project>
                """.formatted(name, packaging, dependencies);
    }
}
