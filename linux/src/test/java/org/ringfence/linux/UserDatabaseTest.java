package org.ringfence.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserDatabaseTest {
    private static final int NO_SUCH_NUMBER = 1_999_999_999;

    @Test
    void usersAreFoundByNumber() throws ErrnoException {
        assertThat(UserDatabase.userName(0)).contains("root");
        assertThat(UserDatabase.userName(NO_SUCH_NUMBER)).isEmpty();
    }

    @Test
    void groupsAreFoundByName() throws ErrnoException {
        assertThat(UserDatabase.groupId("root")).hasValue(0);
        assertThat(UserDatabase.groupId("no-such-group")).isEmpty();
    }

    @Test
    void aUserBelongsToItsFirstGroup() throws ErrnoException {
        assertThat(UserDatabase.isMember(0, 0)).isTrue();
        assertThat(UserDatabase.isMember(0, NO_SUCH_NUMBER)).isFalse();
        assertThat(UserDatabase.isMember(NO_SUCH_NUMBER, 0)).isFalse();
    }

    @Test
    void everyEntryOfTheHostsFilesIsFoundAsItStands() throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            List<String> fields = List.of(line.split(":", -1));
            int uid = Integer.parseInt(fields.get(2));
            assertThat(UserDatabase.userName(uid)).as(line).isPresent();
            assertThat(UserDatabase.isMember(uid, Integer.parseInt(fields.get(3))))
                    .as(line)
                    .isTrue();
        }
        for (String line : Files.readAllLines(Path.of("/etc/group"))) {
            List<String> fields = List.of(line.split(":", -1));
            assertThat(UserDatabase.groupId(fields.getFirst())).as(line).hasValue(Integer.parseInt(fields.get(2)));
        }
    }
}
