package org.ringfence.network.balance.show;

import java.util.ArrayList;
import java.util.List;

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
        return JsonWriter.object(root -> root.objects(
                "services",
                services,
                (json, service) -> json.field("id", service.id())
                        .field("name", service.name())
                        .field("scheduler", service.scheduler())
                        .field("deserted", service.deserted())
                        .objects("servers", service.servers(), StatusText::server)));
    }

    private static void server(JsonWriter json, StatusRow row) {
        json.field("endpoint", row.endpoint())
                .field("host", row.host())
                .field("forwarding", row.forwarding())
                .field("weight", row.weight())
                .field("state", row.state())
                .field("active", row.active())
                .field("total", row.total())
                .field("failed", row.failed())
                .field("bytes_to_server", row.bytesToServer())
                .field("bytes_to_client", row.bytesToClient())
                .field("answer", row.answer())
                .field("answer_ms", row.answerMs());
    }
}
