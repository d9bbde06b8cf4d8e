package org.ringfence.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Arrows between rooms point one way, and the pure rooms take nothing unpredictable from the JDK. */
class ArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.ringfence");

    /** What each room may use, itself aside. Think hard before changing this: it is the architecture. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("language", Set.of("model")),
            Map.entry("scheduler", Set.of("model")),
            Map.entry("controller", Set.of("model", "scheduler")),
            Map.entry("simulator", Set.of("model", "scheduler", "controller")),
            Map.entry("linux", Set.of()),
            Map.entry("network", Set.of("model", "linux")),
            Map.entry("guard", Set.of("model", "controller", "linux")),
            Map.entry("engine", Set.of("model", "controller")),
            Map.entry("api", Set.of("model")),
            Map.entry(
                    "daemon", Set.of("model", "scheduler", "controller", "linux", "network", "guard", "engine", "api")),
            Map.entry("demo", Set.of("model", "guard", "api")),
            Map.entry("campaign", Set.of("model", "simulator", "api")),
            Map.entry(
                    "cli",
                    Set.of("model", "language", "api", "scheduler", "controller", "guard", "demo", "campaign"))));

    private static final List<String> PURE = List.of("model", "language", "scheduler", "controller", "simulator");

    private static final String[] UNPREDICTABLE_PACKAGES = {
        "java.net..",
        "java.nio.file..",
        "java.nio.channels..",
        "java.util.concurrent..",
        "java.sql..",
        "javax.net..",
        "tools.jackson..",
    };

    @TestFactory
    List<DynamicTest> arrowsPointOneWay() {
        return MAY_USE.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey() + " uses only " + room.getValue(), () -> {
                    Set<String> forbidden = new TreeSet<>(MAY_USE.keySet());
                    forbidden.remove(room.getKey());
                    forbidden.removeAll(room.getValue());
                    String[] packages = forbidden.stream()
                            .map(other -> "org.ringfence." + other + "..")
                            .toArray(String[]::new);
                    if (packages.length > 0) {
                        noClasses()
                                .that()
                                .resideInAPackage("org.ringfence." + room.getKey() + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages)
                                .allowEmptyShould(true)
                                .check(CLASSES);
                    }
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> pureRoomsAreClosedToTheWorld() {
        return PURE.stream()
                .map(room -> DynamicTest.dynamicTest(room + " reads no clock, opens nothing, starts nothing", () -> {
                    String inside = "org.ringfence." + room + "..";
                    noClasses()
                            .that()
                            .resideInAPackage(inside)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(UNPREDICTABLE_PACKAGES)
                            .check(CLASSES);
                    noClasses()
                            .that()
                            .resideInAPackage(inside)
                            .should(Purity.callWhatDependsOnMoreThanItsArguments())
                            .check(CLASSES);
                }))
                .toList();
    }
}
