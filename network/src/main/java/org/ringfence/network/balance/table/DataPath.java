package org.ringfence.network.balance.table;

import java.io.IOException;
import java.util.List;
import org.ringfence.network.balance.service.Endpoint;

/** What carries connections to servers: the built-in director, or the kernel. For one thread at a time. */
public interface DataPath extends AutoCloseable {

    /**
     * Brings the path to exactly these tables. A service that stays keeps its connections; so do those of a server that is not
     * in a table any more, where the path can. Calling it again with the same tables changes nothing.
     *
     * @throws IOException when one of them cannot be; the path then goes on as it was
     */
    void apply(List<ServiceTable> tables) throws IOException;

    /** What each server carries, in no order. */
    List<Load> loads() throws IOException;

    /** Stops carrying; what becomes of connections that are open is the path's own. */
    @Override
    void close() throws IOException;

    /**
     * What one server carries.
     *
     * @param active connections that are open now
     * @param total  connections since the server was known to the path
     * @param failed connections that it did not take; 0 where nobody counts them
     */
    record Load(
            String service,
            Endpoint server,
            long active,
            long total,
            long failed,
            long bytesToServer,
            long bytesToClient) {}
}
