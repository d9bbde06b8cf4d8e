package org.ringfence.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("status", "standby", "history", "move");

    @Test
    void swappedMissingAddedAndWrongLettersAreForgiven() {
        assertThat(Suggestion.nearest("stauts", KNOWN)).contains("status");
        assertThat(Suggestion.nearest("statu", KNOWN)).contains("status");
        assertThat(Suggestion.nearest("sttandby", KNOWN)).contains("standby");
        assertThat(Suggestion.nearest("mave", KNOWN)).contains("move");
    }

    @Test
    void aWordThatResemblesNoneIsNotGuessed() {
        assertThat(Suggestion.nearest("frobnicate", KNOWN)).isEmpty();
        assertThat(Suggestion.nearest("x", KNOWN)).isEmpty();
    }
}
