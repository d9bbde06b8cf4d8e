package org.ringfence.cli.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
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
            if (!file.toString().equals("-")) {
                return Files.readString(file);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(System.in.readAllBytes()))
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
        write(path, taker -> taker.accept(text));
    }

    /**
     * The same for a text that is made piece by piece.
     *
     * @param pieces gives all of them to whom it is given
     */
    public static void write(Path path, Consumer<Consumer<String>> pieces) throws UnusableInputException {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                writeAll(path, pieces);
                return;
            }
            Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
            try {
                writeAll(fresh, pieces);
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw unusable(path, "cannot be written: " + e.getMessage());
        }
    }

    private static void writeAll(Path path, Consumer<Consumer<String>> pieces) throws IOException {
        try (Writer out = Files.newBufferedWriter(path)) {
            pieces.accept(piece -> {
                try {
                    out.write(piece);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    public static UnusableInputException unusable(Path file, String why) {
        return new UnusableInputException(Problem.error(Place.NONE, file.toString(), why, ""));
    }
}
