package org.ringfence.model.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.model.problem.UnusableInputException;

class AgentMetadataTest {
    private static final String RESOURCE_AGENT = """
        a warning that some library printed first
        <?xml version="1.0"?>
        <!DOCTYPE resource-agent SYSTEM "ra-api-1.dtd">
        <resource-agent name="web" version="0.9">
          <version>1.1</version>
          <longdesc lang="en">Runs a &lt;web&gt; server</longdesc>
          <shortdesc lang="en">web server</shortdesc>
          <parameters>
            <parameter name="port" unique="1" required="1"><shortdesc lang="en">where</shortdesc><content type="integer"/></parameter>
            <parameter name="workers" reloadable="1"><content type="integer" default="4"/></parameter>
            <parameter name="passwd"><content type="string"/></parameter>
            <parameter name="token" private="1"><content type="string"/></parameter>
          </parameters>
          <actions>
            <action name="start" timeout="20s"/>
            <action name="monitor" timeout="10" interval="10s" depth="0" role="Promoted"/>
            <action name="monitor" timeout="30s" interval="11s" depth="10"/>
            <action name="reload-agent" timeout="500ms"/>
          </actions>
        </resource-agent>
        """;

    @Test
    void parametersActionsAndVersionAreRead() throws UnusableInputException {
        AgentMetadata metadata = AgentMetadata.read(RESOURCE_AGENT, "ocf:test:web");
        assertThat(metadata.name()).isEqualTo("web");
        assertThat(metadata.version()).isEqualTo("1.1");
        assertThat(metadata.description()).isEqualTo("web server");
        assertThat(metadata.parameters().keySet()).containsExactly("port", "workers", "passwd", "token");
        AgentMetadata.Parameter port = metadata.parameter("port").orElseThrow();
        assertThat(port.unique()).isTrue();
        assertThat(port.required()).isTrue();
        assertThat(port.reloadable()).isFalse();
        assertThat(metadata.parameter("workers").flatMap(AgentMetadata.Parameter::defaultValue))
                .contains("4");
        assertThat(metadata.timeout("monitor")).contains(Duration.ofSeconds(30));
        assertThat(metadata.timeout("stop")).isEmpty();
        assertThat(metadata.reloads()).isTrue();
    }

    @Test
    void passwordsAreHiddenWhetherTheAgentSaysSoOrNot() throws UnusableInputException {
        assertThat(AgentMetadata.read(RESOURCE_AGENT, "ocf:test:web").parameters().values().stream()
                        .filter(AgentMetadata.Parameter::hidden)
                        .map(AgentMetadata.Parameter::name))
                .containsExactly("passwd", "token");
    }

    @Test
    void aFenceAgentsPlugParameterIsFound() throws UnusableInputException {
        assertThat(fenceAgent("port").plugParameter()).contains("port");
        assertThat(fenceAgent("plug").plugParameter()).contains("plug");
        assertThat(fenceAgent("ipaddr").plugParameter()).isEmpty();
        assertThat(fenceAgent("plug").supports("reboot")).isTrue();
        assertThat(fenceAgent("plug").supports("list")).isFalse();
    }

    private static AgentMetadata fenceAgent(String parameter) throws UnusableInputException {
        String text = "<resource-agent name=\"fence_x\" shortdesc=\"x\"><parameters><parameter name=\"" + parameter
                + "\"><content type=\"string\"/></parameter></parameters>"
                + "<actions><action name=\"on\" automatic=\"0\"/><action name=\"reboot\"/></actions></resource-agent>";
        return AgentMetadata.read(text, "fence_x");
    }

    @Test
    void whatIsNoMetadataIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> AgentMetadata.read("<resource-agent name=\"x\">\n<actions>", "ocf:test:broken"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("ocf:test:broken:");
        assertThatThrownBy(() -> AgentMetadata.read("usage: x start|stop", "ocf:test:usage"))
                .isInstanceOf(UnusableInputException.class);
    }

    @Test
    void listsOfPlugsAreReadInAllTheFormsThatAgentsPrint() {
        PlugList list = PlugList.read(List.of("1,node1", "2 , node2 , ON", "", "node3", "vm4   0a1b-2c3d   on", "N/A"));
        assertThat(list.plugs()).extracting(PlugList.Plug::name).containsExactly("1", "2", "node3", "vm4");
        assertThat(list.of("node2").map(PlugList.Plug::name)).contains("2");
        assertThat(list.of("NODE3").map(PlugList.Plug::name)).contains("node3");
        assertThat(list.of("0a1b-2c3d").map(PlugList.Plug::name)).contains("vm4");
        assertThat(list.of("node5")).isEmpty();
    }

    @Test
    void aPlugOfTheNodesOwnNameGoesBeforeAnAlias() {
        PlugList list = PlugList.read(List.of("old,node1", "node1,old"));
        assertThat(list.of("node1").map(PlugList.Plug::name)).contains("node1");
    }
}
