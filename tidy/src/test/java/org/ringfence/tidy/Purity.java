package org.ringfence.tidy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Calls whose answer depends on more than their arguments: clocks, randomness, threads, files, and order by chance. */
final class Purity {
    private Purity() {}

    private static final Set<String> CALLS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZoneId.systemDefault",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.Map.of",
            "java.util.Map.copyOf",
            "java.util.Map.ofEntries",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toUnmodifiableMap");

    private static final Set<String> CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.util.Timer",
            "java.util.Random",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.io.PrintStream");

    static ArchCondition<JavaClass> callWhatDependsOnMoreThanItsArguments() {
        return new ArchCondition<>("call what depends on more than its arguments") {
            @Override
            public void check(JavaClass inside, ConditionEvents events) {
                for (JavaAccess<?> access : inside.getAccessesFromSelf()) {
                    String owner = access.getTargetOwner().getName();
                    if (CLASSES.contains(owner)
                            || CALLS.contains(owner + "." + access.getTarget().getName())) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }
}
