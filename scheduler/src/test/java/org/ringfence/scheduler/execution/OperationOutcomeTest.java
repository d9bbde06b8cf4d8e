package org.ringfence.scheduler.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;

class OperationOutcomeTest {
    @Test
    void isReadFromItsEnd() {
        assertThat(OperationOutcome.parse("my_db:0_monitor_10000@n1.example=7"))
                .isEqualTo(new OperationOutcome("my_db:0", "monitor", 10_000, new NodeId("n1.example"), 7));
        assertThat(OperationOutcome.parse("vm_migrate_to_0@n1=1"))
                .isEqualTo(new OperationOutcome("vm", "migrate_to", 0, new NodeId("n1"), 1));
        assertThat(OperationOutcome.parse("db_start_0@n1=1")).hasToString("db_start_0@n1=1");
    }

    @Test
    void anythingElseIsRefusedWithAnExample() {
        for (String text : new String[] {
            "",
            "db",
            "db_start_0",
            "db_start_0@n1",
            "db_start@n1=1",
            "_start_0@n1=1",
            "db__0@n1=1",
            "db_start_x@n1=1",
            "db_start_0@=1",
            "db_start_0@n1=bad",
            "db_start_0@n1=-1",
            "=@_",
            "migrate_to_0@n1=0x"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OperationOutcome.parse(text))
                    .withMessageContaining("'" + text + "'")
                    .withMessageContaining("db_monitor_10000@n1=7");
        }
    }
}
