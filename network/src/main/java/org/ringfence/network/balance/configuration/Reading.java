package org.ringfence.network.balance.configuration;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.service.BalanceConfiguration;

/**
 * What a file says.
 *
 * @param configuration empty when there is an error among the problems
 * @param problems      in the file's order within each of its sections
 */
public record Reading(Optional<BalanceConfiguration> configuration, List<Problem> problems) {
    public Reading {
        problems = List.copyOf(problems);
    }

    /** @throws UnusableInputException the first error */
    public BalanceConfiguration orUnusable() throws UnusableInputException {
        if (configuration.isEmpty()) {
            throw new UnusableInputException(problems.stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .findFirst()
                    .orElseThrow());
        }
        return configuration.get();
    }
}
