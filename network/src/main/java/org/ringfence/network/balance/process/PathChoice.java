package org.ringfence.network.balance.process;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ringfence.linux.ipvs.Ipvs;
import org.ringfence.network.balance.director.Director;
import org.ringfence.network.balance.director.Limits;
import org.ringfence.network.balance.kernel.KernelPath;
import org.ringfence.network.balance.table.DataPath;

/** Who carries the connections. */
enum PathChoice {
    /** The kernel where it can, else the built-in director. */
    AUTO("auto"),
    KERNEL("ipvs"),
    BUILT_IN("built-in");

    private final String word;

    PathChoice(String word) {
        this.word = word;
    }

    static Optional<PathChoice> of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word.equals(word))
                .findFirst();
    }

    /** @throws IOException when the kernel is wanted and cannot, or no more files may be opened */
    Opened open(Limits limits, Notices notices) throws IOException {
        if (this == BUILT_IN) {
            return new Opened(new Director(limits), false);
        }
        try {
            return new Opened(new KernelPath(Ipvs.open()), true);
        } catch (IOException cannot) {
            if (this == KERNEL) {
                throw new IOException(
                        "this kernel's IPVS cannot be used (" + cannot.getMessage()
                                + "); load the module ip_vs, be root, or carry with --path built-in",
                        cannot);
            }
            notices.say("IPVS is not there (" + cannot.getMessage() + "): the built-in director carries");
            return new Opened(new Director(limits), false);
        }
    }

    /** @param kernel whether the kernel carries */
    record Opened(DataPath path, boolean kernel) {}
}
