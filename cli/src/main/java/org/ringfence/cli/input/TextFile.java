package org.ringfence.cli.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** Files that are named on a command line. {@code -} is standard input. */
public final class TextFile {
    private TextFile() {}

    /** @throws UnusableInputException one line that names the file and why it cannot be read */
    public static String read(Path file) throws UnusableInputException {
        if (Files.isDirectory(file)) {
            throw unusable(file, "is a folder, not a file");
        }
        try {
            byte[] bytes = file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw unusable(file, "does not exist");
        } catch (AccessDeniedException e) {
            throw unusable(file, "may not be read by you");
        } catch (CharacterCodingException e) {
            throw unusable(file, "is not text in UTF-8");
        } catch (IOException e) {
            throw unusable(file, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Puts {@code text} in the place of what stood at {@code path}: whole, or not at all. A pipe or a device is written to.
     *
     * @throws UnusableInputException when it cannot be written; the former file is as it was
     */
    public static void write(Path path, String text) throws UnusableInputException {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                Files.writeString(path, text);
                return;
            }
            Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
            try {
                Files.writeString(fresh, text);
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw unusable(path, "cannot be written: " + e.getMessage());
        }
    }

    public static UnusableInputException unusable(Path file, String why) {
        return new UnusableInputException(Problem.error(Place.NONE, file.toString(), why, ""));
    }
}
