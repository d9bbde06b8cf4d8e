package org.ringfence.daemon.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

class AccessTest {
    private static final String CIB = """
        <cib admin_epoch="0" epoch="1" num_updates="0">
          <configuration>
            <crm_config>
              <cluster_property_set id="p"><nvpair id="p-acl" name="enable-acl" value="true"/></cluster_property_set>
            </crm_config>
            <nodes><node id="n1" uname="n1"/></nodes>
            <resources>
              <primitive id="db" class="ocf" provider="heartbeat" type="pgsql">
                <instance_attributes id="db-p"><nvpair id="db-secret" name="password" value="hidden"/></instance_attributes>
                <meta_attributes id="db-m"><nvpair id="db-role" name="target-role" value="Started"/></meta_attributes>
              </primitive>
              <primitive id="web" class="ocf" provider="ringfence" type="dummy"/>
            </resources>
            <constraints/>
            <acls>
              <acl_role id="operator">
                <acl_permission id="o1" kind="read" xpath="/cib"/>
                <acl_permission id="o2" kind="write" xpath="//nvpair[@name='target-role']"/>
                <acl_permission id="o3" kind="deny" reference="db-secret"/>
              </acl_role>
              <acl_role id="keeper-of-web"><acl_permission id="w1" kind="write" reference="web"/></acl_role>
              <acl_role id="all"><acl_permission id="a1" kind="write" xpath="/cib"/></acl_role>
              <acl_role id="broken"><acl_permission id="b1" kind="write" xpath="//["/></acl_role>
              <acl_target id="olga"><role id="operator"/></acl_target>
              <acl_target id="walt"><role id="keeper-of-web"/></acl_target>
              <acl_target id="t4" name="ada"><role id="all"/></acl_target>
              <acl_target id="bob"><role id="broken"/></acl_target>
              <acl_group id="staff"><role id="operator"/></acl_group>
            </acls>
          </configuration>
          <status><node_state id="n1" uname="n1"/></status>
        </cib>
        """;

    private static Cib cib() {
        try {
            return Cib.read(CIB, "test");
        } catch (UnusableInputException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Element root() {
        try {
            return XmlReader.read(CIB, "test");
        } catch (UnusableInputException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Access access(String user, String... groups) {
        return Access.of(cib(), user, List.of(groups)::contains);
    }

    private static List<Problem> refusals(Access access, Cib after) {
        return access.refusals(cib().document(), after.document());
    }

    @Test
    void accessIsControlledOnlyWhereTheConfigurationAsksForIt() {
        assertTrue(Access.isControlled(cib()));
        assertFalse(Access.isControlled(Cib.EMPTY));
    }

    @Test
    void whoHasNoRoleSeesNothing() {
        assertEquals(Optional.empty(), access("eve").readable(root()));
    }

    @Test
    void whatIsDeniedIsNotShownAndTheRestIs() {
        String shown = XmlWriter.write(access("olga").readable(root()).orElseThrow());
        assertTrue(shown.contains("target-role"), shown);
        assertTrue(shown.contains("id=\"db-p\""), shown);
        assertFalse(shown.contains("hidden"), shown);
    }

    @Test
    void aGroupHasTheRightsOfItsRoles() {
        assertEquals(access("olga").readable(root()), access("stan", "staff").readable(root()));
    }

    @Test
    void aroundWhatMayBeReadNothingIsShownButIds() {
        String shown = XmlWriter.write(access("walt").readable(root()).orElseThrow());
        assertTrue(shown.contains("primitive id=\"web\""), shown);
        assertFalse(shown.contains("db"), shown);
        assertFalse(shown.contains("epoch"), shown);
    }

    @Test
    void whatIsHiddenStaysWhereItWasWhenTheRestIsTakenBack() {
        for (String user : List.of("olga", "walt", "ada")) {
            Access access = access(user);
            Element shown = access.readable(root()).orElseThrow();
            assertEquals(root(), access.restored(root(), shown), user);
        }
    }

    @Test
    void aRightInsideIsEnoughForWhatIsInside() {
        assertEquals(List.of(), refusals(access("olga"), CibEdit.withMeta(cib(), "db", "target-role", "Stopped")));
    }

    @Test
    void theSetAroundAPermittedValueMayComeWithIt() {
        assertEquals(List.of(), refusals(access("olga"), CibEdit.withMeta(cib(), "web", "target-role", "Stopped")));
    }

    @Test
    void whatNoRoleAllowsIsRefusedByName() {
        List<Problem> refused = refusals(access("olga"), CibEdit.withMeta(cib(), "db", "is-managed", "false"));
        assertEquals(1, refused.size());
        assertTrue(
                refused.getFirst().toString().contains("olga may not change it, with role operator"),
                refused::toString);
    }

    @Test
    void removingNeedsTheRightOnAllThatGoes() {
        assertFalse(refusals(access("olga"), CibEdit.without(cib(), "resources", "db"))
                .isEmpty());
        assertFalse(refusals(access("walt"), CibEdit.without(cib(), "resources", "db"))
                .isEmpty());
        assertEquals(List.of(), refusals(access("walt"), CibEdit.without(cib(), "resources", "web")));
    }

    @Test
    void noChangeGivesARightToItself() {
        Cib renamed = cib().withConfiguration(AccessTest::secretAsRole);
        assertFalse(refusals(access("olga"), renamed).isEmpty());
    }

    /** The password's pair, called as one that may be written. */
    private static Element secretAsRole(Element element) {
        if (element.id().equals("db-secret")) {
            return element.withAttribute("name", "target-role").withAttribute("value", "Stopped");
        }
        return element.withChildren(
                element.children().stream().map(AccessTest::secretAsRole).toList());
    }

    @Test
    void nobodyRaisesTheirOwnRights() {
        Cib raised = CibEdit.without(cib(), "acls", "o3");
        assertFalse(refusals(access("olga"), raised).isEmpty());
        assertEquals(List.of(), refusals(access("ada"), raised));
    }

    @Test
    void whoMayWriteAllMayDoAll() {
        assertTrue(access("ada").mayDoAll(root()));
        assertFalse(access("olga").mayDoAll(root()));
        assertTrue(access("ada").mayChangeStatus(root(), Optional.of("n1")));
        assertFalse(access("olga").mayChangeStatus(root(), Optional.of("n1")));
    }

    @Test
    void aPathThatCannotBeReadAllowsNothing() {
        assertEquals(Optional.empty(), access("bob").readable(root()));
    }
}
