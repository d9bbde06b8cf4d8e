package org.ringfence.model.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CibVersionTest {
    private static final List<CibVersion> IN_ORDER = List.of(
            new CibVersion(0, 0, 0),
            new CibVersion(0, 0, 9),
            new CibVersion(0, 1, 0),
            new CibVersion(0, 1, 1),
            new CibVersion(0, 10, 0),
            new CibVersion(1, 0, 0),
            new CibVersion(1, 0, 7),
            new CibVersion(1, 2, 0));

    @Test
    void theFirstNumberCountsBeforeTheSecondAndTheSecondBeforeTheThird() {
        List<CibVersion> versions = new ArrayList<>(IN_ORDER);
        Collections.shuffle(versions, new Random(3));
        assertThat(versions.stream().sorted()).containsExactlyElementsOf(IN_ORDER);
    }
}
