package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.execution.Execution;

/** Clusters drawn from a seed, with what it takes to make one resource matter to another, after a few transitions. */
final class RandomClusters {
    private static final String DUMMY = "class='ocf' provider='pacemaker' type='Dummy'";

    private final Random random;
    private final int nodes;
    private final int resources;

    private RandomClusters(long seed) {
        random = new Random(seed);
        nodes = 2 + random.nextInt(5);
        resources = 3 + random.nextInt(20);
    }

    static Cib of(long seed) throws UnusableInputException {
        Cib cib = Cib.read(new RandomClusters(seed).text(), "seed " + seed);
        for (int round = 0; round < 4; round++) {
            cib = Execution.of(cib, Scheduler.schedule(cib, Instant.EPOCH).graph(), List.of(), Instant.EPOCH)
                    .cib();
        }
        return cib;
    }

    private String text() {
        var configured = new StringBuilder();
        var states = new StringBuilder();
        for (int node = 1; node <= nodes; node++) {
            configured.append("<node id='%d' uname='n%1$d'/>".formatted(node));
            states.append(
                    "<node_state id='%d' uname='n%1$d' in_ccm='true' crmd='online' join='member' expected='member'/>"
                            .formatted(node));
        }
        var primitives = new StringBuilder("<primitive id='fencing' class='stonith' type='fence_dummy'/>");
        var constraints = new StringBuilder();
        for (int number = 0; number < resources; number++) {
            primitives.append(resource(number));
            constraints.append(constraint(number));
        }
        return "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes>" + configured
                + "</nodes><resources>"
                + primitives + "</resources><constraints>" + constraints
                + "</constraints><rsc_defaults><meta_attributes id='d'>"
                + "<nvpair id='d1' name='resource-stickiness' value='"
                + List.of(0, 1, 100).get(random.nextInt(3))
                + "'/><nvpair id='d2' name='migration-threshold' value='"
                + List.of(0, 1, 3).get(random.nextInt(3))
                + "'/></meta_attributes></rsc_defaults></configuration><status>" + states + "</status></cib>";
    }

    private String resource(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> "<clone id='r%d'>%s</clone>".formatted(number, primitive("p" + number));
            case 1 ->
                "<clone id='r%d'><meta_attributes id='r%1$d-m'><nvpair id='r%1$d-c' name='clone-max' value='1'/></meta_attributes>%s</clone>"
                        .formatted(number, primitive("p" + number));
            case 2 ->
                "<group id='r%d'>%s%s</group>".formatted(number, primitive("p" + number), primitive("q" + number));
            default -> primitive("r" + number);
        };
    }

    private static String primitive(String name) {
        return "<primitive id='%s' %s><operations><op id='%1$s-m' name='monitor' interval='10s'/></operations></primitive>"
                .formatted(name, DUMMY);
    }

    private String constraint(int number) {
        int other = random.nextInt(resources);
        String score = List.of("INFINITY", "-INFINITY", "20").get(random.nextInt(3));
        if (other == number) {
            return "";
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                "<rsc_colocation id='c%d' rsc='r%1$d' with-rsc='r%d' score='%s'/>".formatted(number, other, score);
            case 1 -> "<rsc_order id='o%d' first='r%d' then='r%1$d'/>".formatted(number, other);
            case 2 ->
                "<rsc_location id='l%d' rsc='r%1$d' node='n%d' score='%s'/>"
                        .formatted(number, 1 + random.nextInt(nodes), score);
            default -> "";
        };
    }
}
