package org.ringfence.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.Secrets;
import org.ringfence.cli.input.TextFile;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence report FILE}. */
@Command(
        name = "report",
        description = {
            "Gathers what support needs into one zip file: status, configuration, who changed it, history of all"
                    + " nodes,",
            "fencings, and this node's settings. Secrets are removed: values of parameters that are called password,"
                    + " secret,",
            "token and the like, wherever else they stand too."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence report report.zip",
            "  ringfence report --config /etc/ringfence/ringfence.conf report.zip"
        })
public final class ReportCommand extends NodeCommand {
    private static final RecordJson<Reply> JSON = RecordJson.of(Reply.class).build();

    @Parameters(paramLabel = "FILE", description = "The zip file to make; it must not be there yet.")
    private Path file;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The node's settings. Default: /etc/ringfence/ringfence.conf; left out when it cannot be read.")
    private @Nullable Path settings;

    public ReportCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.ConfigureShow();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (Files.exists(file)) {
            throw TextFile.unusable(file, "is there already");
        }
        Reply.Outcome configured = conversation().call(request());
        Secrets secrets = Secrets.NONE;
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        if (configured instanceof Reply.Configuration configuration) {
            Element cib = XmlReader.read(configuration.cib(), "configuration");
            secrets = Secrets.of(cib);
            parts.put("configuration.xml", XmlWriter.write(secrets.removedFrom(cib)));
        } else {
            parts.put("configuration.txt", json(configured));
        }
        parts.put("status.json", json(conversation().call(new Request.Status())));
        parts.put("configurations.json", json(conversation().call(new Request.ConfigureHistory())));
        parts.put("history.json", json(conversation().call(new Request.History(Optional.empty(), Optional.empty()))));
        parts.put("fencings.json", json(conversation().call(new Request.FenceHistory(Optional.empty()))));
        parts.put("host.txt", host());
        settings().ifPresent(text -> parts.put("ringfence.conf", text));
        write(parts, secrets);
        return conversation()
                .show(new Reply.Done("wrote " + file, new ArrayList<>(parts.sequencedKeySet())), this::show);
    }

    private static String json(Reply reply) {
        return new String(JSON.write(reply), StandardCharsets.UTF_8) + "\n";
    }

    private Optional<String> settings() throws UnusableInputException {
        if (settings != null) {
            return Optional.of(TextFile.read(settings));
        }
        Path usual = Path.of("/etc/ringfence/ringfence.conf");
        return Files.isReadable(usual) ? Optional.of(TextFile.read(usual)) : Optional.empty();
    }

    private String host() {
        var text = new StringBuilder();
        text.append("made at ").append(context().clock().instant()).append('\n');
        for (String property : List.of("os.name", "os.version", "os.arch", "java.vm.name", "java.vm.version")) {
            text.append(property)
                    .append(' ')
                    .append(System.getProperty(property, ""))
                    .append('\n');
        }
        return text.toString();
    }

    /** Only its owner may read it: what is no secret by its name may be one all the same. */
    private void write(SequencedMap<String, String> parts, Secrets secrets) throws UnusableInputException {
        try (var channel = Files.newByteChannel(
                        file,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var zip = new ZipOutputStream(java.nio.channels.Channels.newOutputStream(channel))) {
            for (Map.Entry<String, String> part : parts.sequencedEntrySet()) {
                zip.putNextEntry(new ZipEntry("ringfence-report/" + part.getKey()));
                zip.write(secrets.removedFrom(part.getValue()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (FileAlreadyExistsException there) {
            throw TextFile.unusable(file, "is there already");
        } catch (NoSuchFileException noFolder) {
            throw TextFile.unusable(file, "cannot be made: its folder does not exist");
        } catch (IOException failed) {
            throw TextFile.unusable(file, "cannot be written: " + failed.getMessage());
        }
    }
}
