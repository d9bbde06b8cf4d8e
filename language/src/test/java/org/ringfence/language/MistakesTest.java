package org.ringfence.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is told with its place, and what was expected there. */
class MistakesTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
        primitve p Dummy            => 1:1: expected a statement such as primitive or property, found 'primitve'; did you mean 'primitive'?
        commit                      => 1:1: expected a statement such as primitive or property, found 'commit'
        primitive                   => 1:10: primitive: expected a name at the end of the statement
        primitive 1p Dummy          => 1:11: primitive: expected a name, found '1p'; a name begins with a letter and has letters, digits, '-', '_' and '.' in it
        primitive p                 => 1:12: primitive "p": expected an agent, such as ocf:heartbeat:IPaddr2 at the end of the statement
        primitive p osf:heartbeat:D => 1:13: primitive "p": 'osf' is not a class of agents; did you mean 'ocf'?
        primitive p pacemaker:Dummy => 1:13: primitive "p": 'pacemaker' is not a class of agents; one of ocf, lsb, systemd, service, stonith, upstart, nagios, heartbeat comes first, as in ocf:pacemaker:Dummy
        primitive p Dummy mata a=1  => 1:19: primitive "p": expected name=value, or one of params, meta, utilization, operations, op, found 'mata'; did you mean 'meta'?
        primitive p Dummy # note    => 1:19: primitive "p": expected name=value, or one of params, meta, utilization, operations, op, found '#'; a comment stands on a line of its own
        primitive p Dummy op        => 1:21: primitive "p": expected an operation, such as monitor at the end of the statement
        primitive p Dummy op interval=3 => 1:22: primitive "p": expected an operation, found 'interval=3'; write for example op monitor interval=3
        primitive p Dummy params a="b   => 1:28: the quote that begins here is not closed on its line; add " after the value
        group g                     => 1:8: group "g": expected the name of a primitive at the end of the statement
        group g p                   => 1:9: group "g": there is no resource 'p'; define it with primitive p
        location l p 100 n1         => 1:14: location "l": expected SCORE: NODE or rule, found '100'
        location l p many: n1       => 1:14: location "l": expected a score, found 'many'; write a whole number or inf
        location l p rule 1: a eqq b => 1:24: location "l": expected one of lt, gt, lte, gte, eq, ne, found 'eqq'; did you mean 'eq'?
        location l p rule 1: a eq b and c eq d or e eq f => 1:40: location "l": 'and' and 'or' are mixed in one rule; write two rules, or an xml statement with a rule inside the rule
        colocation c p q            => 1:14: colocation "c": expected SCORE:, such as inf:, found 'p'
        colocation c inf: p         => 1:20: colocation "c": expected a second resource at the end of the statement
        colocation c inf: ( p q     => 1:24: colocation "c": expected ')' at the end of the statement
        order o Mandatroy: p q      => 1:9: order "o": expected a kind or a score, found 'Mandatroy'; write Mandatory:, Optional: or Serialize:
        order o p q symetrical=no   => 1:13: order "o": expected one of symmetrical, found 'symetrical=no'; did you mean 'symmetrical'?
        fencing_topology a          => 1:18: fencing_topology: which node 'a' is for is not said; write NODE: before the devices
        role r raed cib             => 1:8: role "r": expected read, write or deny, found 'raed'; did you mean 'read'?
        node n1:remot               => 1:6: node: 'remot' is not a type of node; one of normal, member, ping, remote
        xml <primitive id="p">      => 1:5: primitive "p": is never closed; add </primitive>
        """)
    void isToldWithItsPlace(String text, String expected) {
        assertThat(Texts.problems(text)).containsExactly("test.crm:" + expected);
    }

    @Test
    void severalAreToldAtOnce() {
        assertThat(Texts.problems(
                        "primitive a\nnode n1\nprimitive b Dummy meta\nprimitive b Dummy\ngroup g b b\ngruop h b\n"))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("test.crm:1:12:");
    }

    @Test
    void thereIsAnEndToThem() {
        assertThat(Texts.problems("nonsense\n".repeat(100_000)))
                .hasSize(Reading.MOST + 1)
                .last()
                .asString()
                .isEqualTo("test.crm:21:1: there were too many mistakes to go on");
    }

    @Test
    void aTextThatCannotBeAConfigurationIsNotRead() {
        assertThat(Texts.problems("x".repeat(17 << 20)))
                .containsExactly(
                        "test.crm: is longer than any configuration: 17 million characters; see whether it is the"
                                + " right file");
    }

    @Test
    void xmlInsideATextTellsItsPlaceInTheText() {
        assertThat(Texts.problems("node n1\nxml <primitive id=\"p\"> \\\n  <op id=p/> \\\n</primitive>\n"))
                .containsExactly("test.crm:3:10: op: an attribute's value is not quoted; put it between double quotes");
    }

    @Test
    void twoWithOneNameAreTold() {
        assertThat(Texts.problems("primitive p Dummy\nprimitive p Dummy\n"))
                .containsExactly("test.crm:2:1: primitive p: is defined a second time; the first is in line 1");
        assertThat(Texts.problems("primitive p Dummy\nlocation p p 1: n1\n"))
                .containsExactly(
                        "test.crm:2:1: rsc_location \"p\": its id is that of another element, primitive \"p\" in line"
                                + " 1; rename one of them");
        assertThat(Texts.problems("primitive p Dummy\ngroup g p\nclone c p\n"))
                .containsExactly("test.crm:3:9: clone \"c\": 'p' is in group g already; take it out of one of them");
    }

    @Test
    void namesThatReferToNothingAreTold() {
        var read = Texts.read(
                "primitive web Dummy\nlocation l wbe 1: n1\norder o web db\ntag t nothing\nacl_target joe admin\n");
        assertThat(References.dangling(read).stream().map(Object::toString))
                .containsExactly(
                        "test.crm:2:1: rsc_location \"l\": there is no resource 'wbe'; did you mean 'web'?",
                        "test.crm:3:1: rsc_order \"o\": there is no resource 'db'",
                        "test.crm:4:7: tag \"t\": there is nothing with the id 'nothing'",
                        "test.crm:5:16: acl_target \"joe\": there is no role 'admin'");
    }
}
