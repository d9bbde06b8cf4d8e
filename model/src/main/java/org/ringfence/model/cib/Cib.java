package org.ringfence.model.cib;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.Status;
import org.ringfence.model.status.StatusXml;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

/**
 * A cluster information base: the configuration as the administrator wrote it, and the status. Immutable.
 *
 * <p>The document is the truth for the configuration: nothing in it is dropped, and what is not understood is written back
 * and reported in {@link #problems()}. {@link #configuration()} is its meaning. The status is held by its meaning only.
 * Changes are in {@link CibEdit}.
 */
public final class Cib {
    /** A configuration that says nothing. */
    public static final Cib EMPTY = empty();

    /** The {@code cib} element without its {@code status}. */
    private final Element document;

    private final Configuration configuration;
    private final Status status;
    private final List<Problem> configurationProblems;
    private final List<Problem> statusProblems;

    private Cib(
            Element document,
            Configuration configuration,
            Status status,
            List<Problem> configurationProblems,
            List<Problem> statusProblems) {
        this.document = document;
        this.configuration = configuration;
        this.status = status;
        this.configurationProblems = List.copyOf(configurationProblems);
        this.statusProblems = List.copyOf(statusProblems);
    }

    private static Cib empty() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("crm_feature_set", "3.20.1");
        attributes.put("validate-with", "pacemaker-4.0");
        attributes.put("admin_epoch", "0");
        attributes.put("epoch", "0");
        attributes.put("num_updates", "0");
        var sections = new ArrayList<Element>();
        for (String section : List.of("crm_config", "nodes", "resources", "constraints")) {
            sections.add(Element.of(section, Attributes.NONE, List.of()));
        }
        Element configuration = Element.of("configuration", Attributes.NONE, sections);
        return of(Element.of("cib", attributes, List.of(configuration)));
    }

    /**
     * @param file how problems call the text
     * @throws UnusableInputException when it is not XML, or not a CIB
     */
    public static Cib read(String text, String file) throws UnusableInputException {
        var statusProblems = new ArrayList<Problem>();
        var status = new StatusXml(statusProblems);
        Element root = XmlReader.read(text, file, "status", status::add);
        if (!root.name().equals("cib")) {
            throw new UnusableInputException(Problem.error(
                    root.place(), root.label(), "is not a cluster configuration", "it must begin with <cib>"));
        }
        if (root.child("configuration").isEmpty()) {
            throw new UnusableInputException(
                    Problem.error(root.place(), root.label(), "has no configuration in it", "add <configuration>"));
        }
        return of(withoutStatus(root), status.status(), statusProblems);
    }

    /** @param root a {@code cib} element with a {@code configuration} */
    static Cib of(Element root) {
        var statusProblems = new ArrayList<Problem>();
        Status status = root.child("status")
                .map(element -> StatusXml.read(element, statusProblems))
                .orElse(Status.EMPTY);
        return of(withoutStatus(root), status, statusProblems);
    }

    private static Element withoutStatus(Element root) {
        return root.withChildren(root.children().stream()
                .filter(child -> !child.name().equals("status"))
                .toList());
    }

    private static Cib of(Element document, Status status, List<Problem> statusProblems) {
        var problems = new ArrayList<Problem>();
        Element configuration = document.child("configuration").orElseThrow();
        Vocabulary.check(configuration, problems);
        for (Element child : document.children()) {
            if (!child.name().equals("configuration") && !child.name().equals(Element.COMMENT)) {
                problems.add(Problem.warning(child.place(), child.label(), "is not understood; it is kept", ""));
            }
        }
        Configuration read = ConfigurationReader.read(IdReferences.resolve(configuration, problems), problems);
        return new Cib(document, read, status, problems, statusProblems);
    }

    /** The whole as text, status included; equal bases give equal text. */
    public String write() {
        var children = new ArrayList<>(document.children());
        children.add(StatusXml.write(status));
        return XmlWriter.write(document.withChildren(children));
    }

    /** The configuration without status and without what changes by itself (version, who wrote it and when). */
    public String writeConfiguration() {
        return XmlWriter.write(configurationElement());
    }

    /** What a digest of the configuration is taken over: equal configurations give equal bytes. */
    public byte[] configurationBytes() {
        return writeConfiguration().getBytes(StandardCharsets.UTF_8);
    }

    /** The {@code cib} element without its status. */
    public Element document() {
        return document;
    }

    public Element configurationElement() {
        return document.child("configuration").orElseThrow();
    }

    public Configuration configuration() {
        return configuration;
    }

    public Status status() {
        return status;
    }

    /** What was not understood or cannot be used, in the order in which it stands. */
    public List<Problem> problems() {
        var all = new ArrayList<>(configurationProblems);
        all.addAll(statusProblems);
        return List.copyOf(all);
    }

    public CibVersion version() {
        return new CibVersion(number("admin_epoch"), number("epoch"), number("num_updates"));
    }

    private long number(String name) {
        try {
            return Long.parseLong(document.attribute(name, "0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** A cluster property by its new or old name; see {@link Configuration#property}. */
    public Optional<String> property(String name) {
        return configuration.property(name);
    }

    public Cib withVersion(CibVersion version) {
        return withDocument(document.withAttribute("admin_epoch", Long.toString(version.adminEpoch()))
                .withAttribute("epoch", Long.toString(version.epoch()))
                .withAttribute("num_updates", Long.toString(version.numUpdates())));
    }

    /** With one attribute of the {@code cib} element set: {@code have-quorum}, {@code dc-uuid}, {@code cib-last-written}, ... */
    public Cib withAttribute(String name, String value) {
        return withDocument(document.withAttribute(name, value));
    }

    private Cib withDocument(Element changed) {
        return new Cib(changed, configuration, status, configurationProblems, statusProblems);
    }

    /** For who decides about a part: its meaning alone. {@link #document()} and what is written stay those of the whole. */
    public Cib withMeaning(Configuration part, Status partStatus) {
        return new Cib(document, part, partStatus, List.of(), List.of());
    }

    public Cib withStatus(Status changed) {
        return new Cib(document, configuration, changed, configurationProblems, List.of());
    }

    /** With the configuration changed; it is read anew, the rest stays. */
    public Cib withConfiguration(UnaryOperator<Element> change) {
        Element changed = change.apply(configurationElement());
        var children = new ArrayList<Element>();
        document.children().forEach(child -> children.add(child.name().equals("configuration") ? changed : child));
        return of(document.withChildren(children), status, statusProblems);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cib that && document.equals(that.document) && status.equals(that.status);
    }

    @Override
    public int hashCode() {
        return document.hashCode() * 31 + status.hashCode();
    }

    @Override
    public String toString() {
        return "Cib " + version();
    }

    /** Where the configuration was read from. */
    public Place place() {
        return document.place();
    }
}
