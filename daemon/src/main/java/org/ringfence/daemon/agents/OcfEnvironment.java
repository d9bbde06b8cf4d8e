package org.ringfence.daemon.agents;

import java.nio.file.Path;
import java.util.SequencedMap;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.model.AgentName;

/**
 * What an OCF agent finds in its environment: OCF resource agent API 1.1, "Environment variables", and beyond it what
 * Pacemaker 2.1 gives and the agents of {@code resource-agents} 4 read.
 */
final class OcfEnvironment {
    static final String REASON_PREFIX = "ocf-exit-reason:";
    /** Where stock agents keep what must not survive a boot. */
    static final String RUNTIME_FOLDER = "HA_RSCTMP";

    private static final Path OCF_ROOT = Path.of("/usr/lib/ocf");
    /** What agents compare to know which helpers and which role names there are; Pacemaker 2.1.5's. */
    private static final String FEATURE_SET = "3.16.2";

    private static final String CHECK_LEVEL = "OCF_CHECK_LEVEL";

    private OcfEnvironment() {}

    /** For metadata: no instance, no parameters. */
    static SequencedMap<String, String> of(AgentSettings settings, AgentName agent, Path executable) {
        SequencedMap<String, String> environment = settings.commonEnvironment();
        environment.put("OCF_ROOT", root(executable).toString());
        environment.put("OCF_RA_VERSION_MAJOR", "1");
        environment.put("OCF_RA_VERSION_MINOR", "1");
        environment.put("OCF_RESOURCE_TYPE", agent.type());
        environment.put("OCF_RESOURCE_PROVIDER", agent.provider());
        environment.put("OCF_EXIT_REASON_PREFIX", REASON_PREFIX);
        environment.put("OCF_OUTPUT_FORMAT", "text");
        // ocf-shellfuncs: without facility and file, messages go to standard error, and so to us.
        environment.put("HA_LOGFACILITY", "none");
        environment.put("HA_LOGD", "no");
        environment.put("HA_use_logd", "off");
        environment.put("HA_debug", "0");
        environment.put("HA_mcp", "true");
        environment.put("HA_cluster_type", "corosync");
        environment.put("HA_quorum_type", "corosync");
        environment.putIfAbsent(RUNTIME_FOLDER, "/run/resource-agents");
        // Agents call ${HA_SBIN_DIR}/crm_master and the like by this path.
        settings.helpers().ifPresent(helpers -> environment.put("HA_SBIN_DIR", helpers.toString()));
        return environment;
    }

    static SequencedMap<String, String> of(AgentSettings settings, Request request, Path executable) {
        SequencedMap<String, String> environment = of(settings, request.agent(), executable);
        environment.put("OCF_RESOURCE_INSTANCE", request.resource());
        environment.put("OCF_RESKEY_crm_feature_set", FEATURE_SET);
        request.meta().forEach((name, value) -> environment.put("OCF_RESKEY_" + name.replace('-', '_'), value));
        if (!request.interval().isZero()) {
            environment.putIfAbsent(
                    "OCF_RESKEY_CRM_meta_interval",
                    Long.toString(request.interval().toMillis()));
        }
        environment.putIfAbsent(
                "OCF_RESKEY_CRM_meta_timeout", Long.toString(request.timeout().toMillis()));
        request.parameters().forEach((name, value) -> environment.put("OCF_RESKEY_" + name, value));
        String checkLevel = request.parameters().get(CHECK_LEVEL);
        if (checkLevel != null) {
            environment.put(CHECK_LEVEL, checkLevel);
        }
        return environment;
    }

    /** The tree that an agent in PREFIX/resource.d/PROVIDER belongs to; agents elsewhere find the usual one. */
    private static Path root(Path executable) {
        Path provider = executable.getParent();
        Path folder = provider == null ? null : provider.getParent();
        if (folder != null && folder.endsWith("resource.d") && folder.getParent() != null) {
            return folder.getParent();
        }
        return OCF_ROOT;
    }
}
