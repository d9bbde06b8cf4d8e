package org.ringfence.network.balance.service;

import java.util.List;
import java.util.Optional;

/**
 * All that one file says.
 *
 * @param services in the file's order
 */
public record BalanceConfiguration(List<VirtualService> services, Options options) {
    public BalanceConfiguration {
        services = List.copyOf(services);
    }

    /**
     * What is said for the whole.
     *
     * @param autoreload      a changed file is read again without being asked
     * @param callback        run with the file's name after it has changed
     * @param logFile         a file (with a leading /) or a syslog facility
     * @param execute         further configurations to run, each as a balancer of its own
     * @param maintenanceDirectory a file there named after a server takes it out
     */
    public record Options(
            boolean autoreload,
            Optional<String> callback,
            Optional<String> logFile,
            List<String> execute,
            boolean supervised,
            boolean fork,
            Optional<String> maintenanceDirectory) {
        public Options {
            execute = List.copyOf(execute);
        }
    }
}
