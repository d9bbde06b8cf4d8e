package org.ringfence.network.balance.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ringfence.network.balance.show.StatusText;

/** Answers what is asked over the local socket. Words of a question are parted by tabs, as names of services have blanks. */
final class Questions implements UnaryOperator<String> {
    private final Balancer balancer;
    private final Reload reload;

    /** Reads the configuration again. */
    interface Reload {
        /** @return what came of it, for people */
        String now() throws IOException;
    }

    Questions(Balancer balancer, Reload reload) {
        this.balancer = balancer;
        this.reload = reload;
    }

    @Override
    public String apply(String question) {
        List<String> words = List.of(question.split("\t"));
        try {
            return switch (words.getFirst()) {
                case "status" -> status(words.size() > 1 && words.get(1).equals("json"));
                case "drain" -> drain(words);
                case "weight" -> weight(words);
                case "reload" -> "ok\n" + reload.now() + "\n";
                default -> "error\n'" + words.getFirst() + "' is not understood\n";
            };
        } catch (IOException failed) {
            return "error\n" + failed.getMessage() + "\n";
        }
    }

    private String status(boolean json) throws IOException {
        Standing standing = balancer.standing();
        return "ok\n" + (json ? StatusText.json(standing.services()) + "\n" : StatusText.text(standing.services()));
    }

    private String drain(List<String> words) {
        if (words.size() < 3) {
            return "error\ndrain needs a server and on or off\n";
        }
        return told(balancer.drain(selection(words, 3), words.get(2).equals("on")), words.get(1));
    }

    private String weight(List<String> words) {
        if (words.size() < 3 || !words.get(2).matches("[0-9]{1,5}|configured")) {
            return "error\nweight needs a server and a number, or the word configured\n";
        }
        OptionalInt weight = words.get(2).equals("configured")
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(words.get(2)));
        return told(balancer.weigh(selection(words, 3), weight), words.get(1));
    }

    private static Selection selection(List<String> words, int service) {
        return new Selection(words.get(1), words.size() > service ? Optional.of(words.get(service)) : Optional.empty());
    }

    private static String told(int count, String server) {
        return count == 0
                ? "error\nno service has a server " + server + "; 'ringfence balance status' lists them\n"
                : "ok\n" + server + ": changed in " + count + (count == 1 ? " service\n" : " services\n");
    }
}
