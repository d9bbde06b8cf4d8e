package org.ringfence.network.balance.show;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** How a running balancer stands: for people, and as JSON. */
public final class StatusText {
    private StatusText() {}

    public static String text(List<StatusService> services) {
        var text = new StringBuilder();
        for (StatusService service : services) {
            text.append(service.id())
                    .append(service.name().isEmpty() ? "" : " (" + service.name() + ")")
                    .append("  ")
                    .append(service.scheduler())
                    .append(service.deserted() ? "  NO SERVER LEFT" : "")
                    .append('\n');
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("server", "state", "weight", "active", "total", "failed", "last check"));
            for (StatusRow row : service.servers()) {
                rows.add(List.of(
                        row.endpoint(),
                        row.state(),
                        Integer.toString(row.weight()),
                        Long.toString(row.active()),
                        Long.toString(row.total()),
                        Long.toString(row.failed()),
                        row.answer().isEmpty() ? "-" : row.answer() + " (" + row.answerMs() + " ms)"));
            }
            align(rows, text);
        }
        return text.toString();
    }

    private static void align(List<List<String>> rows, StringBuilder text) {
        for (List<String> row : rows) {
            text.append("  ");
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                boolean last = column + 1 == row.size();
                text.append(row.get(column))
                        .append(last ? "\n" : " ".repeat(width - row.get(column).length() + 2));
            }
        }
    }

    /** On one line. */
    public static String json(List<StatusService> services) {
        return JsonLine.of(root -> JsonLine.objects(root, "services", services, StatusText::service));
    }

    private static void service(JsonGenerator json, StatusService service) {
        json.writeStringProperty("id", service.id())
                .writeStringProperty("name", service.name())
                .writeStringProperty("scheduler", service.scheduler())
                .writeBooleanProperty("deserted", service.deserted());
        JsonLine.objects(json, "servers", service.servers(), StatusText::server);
    }

    private static void server(JsonGenerator json, StatusRow row) {
        json.writeStringProperty("endpoint", row.endpoint())
                .writeStringProperty("host", row.host())
                .writeStringProperty("forwarding", row.forwarding())
                .writeNumberProperty("weight", row.weight())
                .writeStringProperty("state", row.state())
                .writeNumberProperty("active", row.active())
                .writeNumberProperty("total", row.total())
                .writeNumberProperty("failed", row.failed())
                .writeNumberProperty("bytes_to_server", row.bytesToServer())
                .writeNumberProperty("bytes_to_client", row.bytesToClient())
                .writeStringProperty("answer", row.answer())
                .writeNumberProperty("answer_ms", row.answerMs());
    }
}
