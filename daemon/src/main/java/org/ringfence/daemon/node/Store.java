package org.ringfence.daemon.node;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ringfence.controller.Document;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Digest;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.port.StableStore;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.daemon.codec.CodecException;
import org.ringfence.daemon.codec.MessageCodec;
import org.ringfence.daemon.storage.ConfigurationArchive;
import org.ringfence.daemon.storage.StateFolder;

/** Saves documents on a thread of its own, in the order asked for, so that a slow disk does not stop the loop. */
final class Store {
    private static final System.Logger LOG = System.getLogger("ringfence.store");
    private static final String PROMISE = "promise";
    private static final String CONFIGURATION = "configuration";
    private static final String FACTS = "facts";
    private static final int WAITING_MAX = 1_000;
    private static final int CONFIGURATION_BYTES = 256 << 20;

    /** What lies on the disk; sealed, so that the codec knows it by name. */
    sealed interface OnDisk {}

    /** @param configuration as it was stored */
    record Kept(StoredConfiguration configuration) implements OnDisk {}

    /** @param facts those that outlive a stop of the whole cluster */
    record KeptFacts(List<Fact> facts) implements OnDisk {}

    private final StableStore documents;
    private final ConfigurationArchive archive;
    private final MessageCodec<OnDisk> codec = new MessageCodec<>(OnDisk.class, CONFIGURATION_BYTES);
    private final Consumer<Event> events;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> new Thread(task, "store"));
    private String lastArchived = "";

    Store(StateFolder folder, Consumer<Event> events) {
        this.documents = folder.documents();
        this.archive = folder.configurations();
        this.events = events;
    }

    /**
     * What this node knew before it started. A configuration that is damaged is left out: the others have it.
     *
     * @throws StoreException when the promise cannot be read: without it a number might be used twice
     */
    Event.Started load() throws StoreException {
        long promised = documents
                .load(PROMISE)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElse(0L);
        Optional<StoredConfiguration> configuration = Optional.empty();
        boolean damaged = false;
        try {
            Optional<byte[]> bytes = documents.load(CONFIGURATION);
            if (bytes.isPresent() && codec.decode(bytes.get()) instanceof Kept kept) {
                configuration = Optional.of(kept.configuration());
            }
        } catch (StoreException | CodecException unreadable) {
            damaged = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the configuration on this node''s disk is damaged and is set aside; it is "
                            + "taken from the other nodes: {0}",
                    unreadable.getMessage());
        }
        lastArchived = configuration
                .map(stored -> stored.stamp().version() + stored.stamp().digest())
                .orElse("");
        return new Event.Started(promised, configuration, damaged, facts());
    }

    /** The past of fencing, and what was proven: without it the cluster is as safe, and knows less. */
    private List<Fact> facts() {
        try {
            Optional<byte[]> bytes = documents.load(FACTS);
            return bytes.isPresent() && codec.decode(bytes.get()) instanceof KeptFacts kept ? kept.facts() : List.of();
        } catch (StoreException | CodecException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what this node knew of past fencing is damaged; the other nodes have it: {0}",
                    unreadable.getMessage());
            return List.of();
        }
    }

    void save(Document document) {
        thread.execute(() -> {
            try {
                write(document);
            } catch (StoreException | CodecException refused) {
                events.accept(new Event.SaveFailed(document, String.valueOf(refused.getMessage())));
                return;
            }
            events.accept(new Event.Saved(document));
        });
    }

    private void write(Document document) throws StoreException, CodecException {
        switch (document) {
            case Document.Promise promise ->
                documents.save(
                        PROMISE,
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(promise.counter())
                                .array());
            case Document.Facts facts -> documents.save(FACTS, codec.encode(new KeptFacts(facts.facts())));
            case Document.Configuration configuration -> {
                StoredConfiguration stored = configuration.configuration();
                documents.save(CONFIGURATION, codec.encode(new Kept(stored)));
                archive(stored);
            }
        }
    }

    /** The history of configurations is a convenience: when it cannot be kept, that is said and nothing more. */
    private void archive(StoredConfiguration stored) {
        String identity = stored.stamp().version() + Digest.of(stored.text());
        if (identity.equals(lastArchived)) {
            return;
        }
        try {
            archive.add(
                    stored.stamp().version(),
                    stored.note().who(),
                    stored.note().when(),
                    stored.note().why(),
                    stored.text());
            lastArchived = identity;
        } catch (StoreException refused) {
            LOG.log(System.Logger.Level.WARNING, "the history of configurations lacks one: {0}", refused.getMessage());
        }
    }

    /**
     * Looks something up in the history of configurations, in turn with what is to be saved.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the disk is too far behind
     */
    <T> Future<T> lookUp(Node.Lookup<T> lookup) {
        return thread.submit(() -> lookup.in(archive));
    }

    void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "the disk is still busy with what was to be saved");
        }
    }
}
