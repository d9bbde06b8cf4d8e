package org.ringfence.daemon.status;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DRBD's configuration files, as far as they say what a side does that has lost its peer: {@code fencing}, in the {@code net} section since DRBD 9 and
 * in {@code disk} before, of a resource or of {@code common}. Source: drbd.conf(5).
 */
final class DrbdFiles {
    /** What counts where nothing is said. */
    static final String NO_FENCING = "dont-care";

    private static final String COMMON = "common";
    private static final long LARGEST = 1 << 20;
    private static final int MOST_FILES = 1_000;

    /** A word, a word in quotes, or one of the three signs. */
    private static final Pattern TOKEN = Pattern.compile("#[^\n]*|\"([^\"\n]*)\"|[{};]|[^\\s{};\"#]+");

    private final Path root;
    private final Map<String, String> policies = new HashMap<>();
    private int files;

    private DrbdFiles(Path root) {
        this.root = root;
    }

    /** @return empty when the host has no such files */
    static Optional<DrbdFiles> read(Path root) throws IOException {
        Path main = root.resolve("etc/drbd.conf");
        if (!Files.isRegularFile(main)) {
            return Optional.empty();
        }
        var read = new DrbdFiles(root);
        read.file(main);
        return Optional.of(read);
    }

    /** Of a resource that the files do not name, what is common. */
    String fencing(String resource) {
        String common = policies.getOrDefault(COMMON, NO_FENCING);
        return policies.getOrDefault("resource " + resource, common);
    }

    private void file(Path file) throws IOException {
        files++;
        if (files > MOST_FILES || Files.size(file) > LARGEST) {
            return;
        }
        List<String> statement = new ArrayList<>();
        List<String> sections = new ArrayList<>();
        Matcher token = TOKEN.matcher(Files.readString(file));
        while (token.find()) {
            String word = token.group(1) != null ? token.group(1) : token.group();
            if (token.group().startsWith("#")) {
                continue;
            }
            switch (token.group()) {
                case "{" -> {
                    sections.add(String.join(" ", statement));
                    statement.clear();
                }
                case "}" -> {
                    if (!sections.isEmpty()) {
                        sections.removeLast();
                    }
                    statement.clear();
                }
                case ";" -> {
                    statement(statement, sections, file);
                    statement.clear();
                }
                default -> statement.add(word);
            }
            // The only statement that may end without a semicolon.
            if (sections.isEmpty()
                    && statement.size() == 2
                    && statement.getFirst().equals("include")) {
                include(statement.getLast(), file);
                statement.clear();
            }
        }
    }

    private void statement(List<String> words, List<String> sections, Path file) throws IOException {
        if (words.size() == 2 && words.getFirst().equals("fencing") && !sections.isEmpty()) {
            policies.put(sections.getFirst(), words.getLast());
        } else if (words.size() == 2 && words.getFirst().equals("include")) {
            include(words.getLast(), file);
        }
    }

    /** A pattern stands in the last part of the path alone. */
    private void include(String pattern, Path from) throws IOException {
        Path path = pattern.startsWith("/") ? root.resolve(pattern.substring(1)) : from.resolveSibling(pattern);
        Path within = path.getParent();
        Path name = path.getFileName();
        if (within == null || name == null || !Files.isDirectory(within)) {
            return;
        }
        var found = new TreeSet<Path>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(within, name.toString())) {
            matching.forEach(found::add);
        }
        for (Path one : found) {
            file(one);
        }
    }
}
