package org.ringfence.api.status;

/**
 * What the node that was asked has done for the addresses among its resources, since its daemon began.
 *
 * @param connections established connections of the addresses that it holds, which its peers know of
 * @param known       connections that its peers have told it of, should an address of theirs come here
 * @param woken       clients that were told that their connection is gone, after an address came here
 * @param closed      connections that were ended before an address went, on purpose
 * @param conflicts   how often another host had, or claimed, an address of this node
 */
public record AddressStatus(int connections, int known, long woken, long closed, long conflicts) {}
