package org.ringfence.network.balance.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    @Test
    void theJsonIsOneLineWhateverServersAnswer() {
        var row = new StatusRow(
                "192.0.2.1:80", "one", "masq", 1, "up", 2, 3, 4, 5_000_000_000L, 6, "a \"b\" \\ /c\nd\u0001 ü", 7);
        var service = new StatusService("tcp 192.0.2.9:80", "shop", "wrr", false, List.of(row));
        assertThat(StatusText.json(List.of(service)))
                .isEqualTo("{\"services\":[{\"id\":\"tcp 192.0.2.9:80\",\"name\":\"shop\",\"scheduler\":\"wrr\","
                        + "\"deserted\":false,\"servers\":[{\"endpoint\":\"192.0.2.1:80\",\"host\":\"one\","
                        + "\"forwarding\":\"masq\",\"weight\":1,\"state\":\"up\",\"active\":2,\"total\":3,\"failed\":4,"
                        + "\"bytes_to_server\":5000000000,\"bytes_to_client\":6,"
                        + "\"answer\":\"a \\\"b\\\" \\\\ /c\\nd\\u0001 ü\",\"answer_ms\":7}]}]}");
    }

    @Test
    void withoutServicesTheJsonHasAnEmptyList() {
        assertThat(StatusText.json(List.of())).isEqualTo("{\"services\":[]}");
    }
}
