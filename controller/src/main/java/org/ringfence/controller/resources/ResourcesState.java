package org.ringfence.controller.resources;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.xml.Attributes;

/**
 * The resources of one node.
 *
 * @param nextToken for the next call of an agent
 * @param nextCall  orders the operations of this node's life
 * @param byToken   which resource a call of an agent belongs to
 */
public record ResourcesState(
        long nextToken, int nextCall, SortedMap<String, LocalResource> resources, SortedMap<Long, String> byToken) {
    public ResourcesState {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        byToken = Collections.unmodifiableSortedMap(new TreeMap<>(byToken));
    }

    public static ResourcesState initial() {
        return new ResourcesState(1, 1, new TreeMap<>(), new TreeMap<>());
    }

    /** What this node knows of its resources, operations that are under way included. */
    public List<ResourceHistory> report() {
        List<ResourceHistory> report = new ArrayList<>();
        for (LocalResource resource : resources.values()) {
            List<OperationRecord> operations =
                    new ArrayList<>(resource.history().values());
            resource.running()
                    .filter(running -> running.pending().interval().isZero())
                    .ifPresent(running -> operations.add(Outcome.pending(resource.name(), running)));
            if (!operations.isEmpty()) {
                report.add(new ResourceHistory(resource.name(), resource.agent(), Attributes.NONE, operations));
            }
        }
        return report;
    }

    /** Whether any agent is at work. */
    public boolean isBusy() {
        return !byToken.isEmpty();
    }

    LocalResource resource(String name) {
        LocalResource resource = resources.get(name);
        if (resource == null) {
            throw new IllegalStateException("no resource " + name + " on this node");
        }
        return resource;
    }

    ResourcesState with(LocalResource resource) {
        var changed = new TreeMap<>(resources);
        changed.put(resource.name(), resource);
        return new ResourcesState(nextToken, nextCall, changed, byToken);
    }

    ResourcesState without(String name) {
        var changed = new TreeMap<>(resources);
        changed.remove(name);
        return new ResourcesState(nextToken, nextCall, changed, byToken);
    }

    ResourcesState withCall(long token, String resource) {
        var changed = new TreeMap<>(byToken);
        changed.put(token, resource);
        return new ResourcesState(nextToken + 1, nextCall + 1, resources, changed);
    }

    ResourcesState withoutCall(long token) {
        var changed = new TreeMap<>(byToken);
        changed.remove(token);
        return new ResourcesState(nextToken, nextCall, resources, changed);
    }
}
