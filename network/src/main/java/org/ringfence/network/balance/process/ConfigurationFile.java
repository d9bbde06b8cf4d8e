package org.ringfence.network.balance.process;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.configuration.ConfigurationReader;
import org.ringfence.network.balance.configuration.HostNames;
import org.ringfence.network.balance.configuration.ParameterReader;
import org.ringfence.network.balance.configuration.Reading;

/**
 * A configuration on this host's disk.
 *
 * @param parameters whether it has a resource's parameters, each {@code NAME=VALUE} and a NUL, instead of lines of ldirectord.cf
 */
record ConfigurationFile(Path path, boolean parameters) {

    /** @throws UnusableInputException when there is nothing to read; what is wrong in the text is in the reading */
    Reading read() throws UnusableInputException {
        try {
            String text = Files.readString(path);
            return parameters
                    ? ParameterReader.read(parameters(text), new HostNames())
                    : ConfigurationReader.read(path.toString(), text, new HostNames());
        } catch (NoSuchFileException absent) {
            throw unusable("does not exist");
        } catch (AccessDeniedException denied) {
            throw unusable("may not be read by you");
        } catch (CharacterCodingException coded) {
            throw unusable("is not text in UTF-8");
        } catch (IOException failed) {
            throw unusable("cannot be read: " + failed.getMessage());
        }
    }

    /** In the order of the alphabet: whoever wrote them may have had none. */
    private SequencedMap<String, String> parameters(String text) throws UnusableInputException {
        SequencedMap<String, String> found = new LinkedHashMap<>();
        Set<String> sorted = new TreeSet<>(List.of(text.split("\0")));
        // What splitting makes of no text at all.
        sorted.remove("");
        for (String each : sorted) {
            int equals = each.indexOf('=');
            if (equals <= 0) {
                throw unusable("is not made of NAME=VALUE, each with a NUL at its end");
            }
            found.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return found;
    }

    private UnusableInputException unusable(String why) {
        return Arguments.unusable(path.toString(), why, "");
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return parameters ? "the resource's parameters" : path.toString();
    }
}
