package org.ringfence.model.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

/**
 * The metadata of a resource agent (OCF resource agent API 1.1, "Meta-data") or of a fence agent, which has the same form.
 *
 * @param parameters by name, in the agent's order
 * @param actions    in the agent's order; {@code monitor} stands once for each role and depth
 */
public record AgentMetadata(
        String name,
        String version,
        String description,
        SequencedMap<String, Parameter> parameters,
        List<Action> actions) {

    private static final String DOCUMENT_TYPE = "<!DOCTYPE";

    public AgentMetadata {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        actions = List.copyOf(actions);
    }

    /**
     * One parameter.
     *
     * @param unique       no two resources of this agent may have the same value
     * @param reloadable   a change takes effect by {@code reload-agent} (OCF 1.1)
     * @param hidden       not to be shown or logged: {@code private} in OCF 1.1, and what is called a password
     * @param type         {@code string}, {@code integer}, {@code boolean}, {@code select}, ...; as written
     * @param defaultValue used by the agent when there is no value
     */
    public record Parameter(
            String name,
            boolean required,
            boolean unique,
            boolean reloadable,
            boolean hidden,
            String type,
            Optional<String> defaultValue,
            String description) {}

    /** One action, with what the agent recommends for it. */
    public record Action(
            String name, Optional<Duration> timeout, Optional<Duration> interval, String role, String depth) {}

    /**
     * Reads what an agent printed. What stands before the document is passed over, as is a document type: agents print both.
     *
     * @param agent how problems call the text
     * @throws UnusableInputException when it is no metadata
     */
    public static AgentMetadata read(String printed, String agent) throws UnusableInputException {
        Element root = XmlReader.read(withoutDocumentType(fromDocument(printed)), agent);
        SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
        for (Element list : root.children("parameters")) {
            for (Element element : list.children("parameter")) {
                parameters.put(element.attribute("name", ""), parameter(element));
            }
        }
        List<Action> actions = new ArrayList<>();
        for (Element list : root.children("actions")) {
            list.children("action").forEach(element -> actions.add(action(element)));
        }
        String version = root.child("version").map(Element::text).orElse(root.attribute("version", ""));
        String description = root.child("shortdesc").map(Element::text).orElse(root.attribute("shortdesc", ""));
        return new AgentMetadata(root.attribute("name", ""), version, description, parameters, actions);
    }

    private static String fromDocument(String printed) {
        int declaration = printed.indexOf("<?xml");
        int root = printed.indexOf("<resource-agent");
        int start = declaration >= 0 && declaration < root ? declaration : root;
        return start > 0 ? printed.substring(start) : printed;
    }

    private static String withoutDocumentType(String text) {
        int start = text.indexOf(DOCUMENT_TYPE);
        int end = text.indexOf('>', Math.max(start, 0));
        return start < 0 || end < 0 ? text : text.substring(0, start) + text.substring(end + 1);
    }

    private static Parameter parameter(Element element) {
        String name = element.attribute("name", "");
        Optional<Element> content = element.child("content");
        return new Parameter(
                name,
                isTrue(element, "required"),
                isTrue(element, "unique") || element.attribute("unique-group").isPresent(),
                isTrue(element, "reloadable"),
                isTrue(element, "private") || name.equals("passwd") || name.equals("password"),
                content.map(found -> found.attribute("type", "string")).orElse("string"),
                content.flatMap(found -> found.attribute("default")),
                element.child("shortdesc").map(Element::text).orElse(""));
    }

    private static boolean isTrue(Element element, String attribute) {
        String value = element.attribute(attribute, "0");
        return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
    }

    private static Action action(Element element) {
        return new Action(
                element.attribute("name", ""),
                span(element, "timeout"),
                span(element, "interval"),
                element.attribute("role", ""),
                element.attribute("depth", ""));
    }

    private static Optional<Duration> span(Element element, String attribute) {
        OptionalLong millis = TimeSpan.parseMillis(element.attribute(attribute, ""));
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    public Optional<Parameter> parameter(String wanted) {
        return Optional.ofNullable(parameters.get(wanted));
    }

    public boolean supports(String action) {
        return actions.stream().anyMatch(known -> known.name().equals(action));
    }

    /** The longest timeout that the agent recommends for an action. */
    public Optional<Duration> timeout(String action) {
        return actions.stream()
                .filter(known -> known.name().equals(action))
                .flatMap(known -> known.timeout().stream())
                .max(Duration::compareTo);
    }

    /** Whether a change of reloadable parameters needs no restart. */
    public boolean reloads() {
        return supports("reload-agent");
    }

    /**
     * The parameter of a fence agent that takes the name of what is to be fenced; empty for a device that knows only one
     * target. Fence agents 4.2 and later call it {@code plug}, and understand {@code port} too.
     */
    public Optional<String> plugParameter() {
        return List.of("plug", "port").stream().filter(parameters::containsKey).findFirst();
    }
}
