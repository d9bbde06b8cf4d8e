package org.ringfence.network.balance.process;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.configuration.ConfigurationReader;
import org.ringfence.network.balance.configuration.HostNames;
import org.ringfence.network.balance.configuration.Reading;

/** A configuration on this host's disk. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /** @throws UnusableInputException when there is nothing to read; what is wrong in the text is in the reading */
    static Reading read(Path file) throws UnusableInputException {
        try {
            return ConfigurationReader.read(file.toString(), Files.readString(file), new HostNames());
        } catch (NoSuchFileException absent) {
            throw unusable(file, "does not exist");
        } catch (AccessDeniedException denied) {
            throw unusable(file, "may not be read by you");
        } catch (CharacterCodingException coded) {
            throw unusable(file, "is not text in UTF-8");
        } catch (IOException failed) {
            throw unusable(file, "cannot be read: " + failed.getMessage());
        }
    }

    private static UnusableInputException unusable(Path file, String why) {
        return Arguments.unusable(file.toString(), why, "");
    }
}
