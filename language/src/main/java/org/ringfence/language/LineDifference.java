package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;

/** Which lines went and came, by their longest common subsequence. Statements are short, so that the table stays small. */
final class LineDifference {
    private LineDifference() {}

    static List<String> between(List<String> former, List<String> now) {
        int[][] common = new int[former.size() + 1][now.size() + 1];
        for (int old = former.size() - 1; old >= 0; old--) {
            for (int fresh = now.size() - 1; fresh >= 0; fresh--) {
                common[old][fresh] = former.get(old).equals(now.get(fresh))
                        ? common[old + 1][fresh + 1] + 1
                        : Math.max(common[old + 1][fresh], common[old][fresh + 1]);
            }
        }
        var lines = new ArrayList<String>();
        int old = 0;
        int fresh = 0;
        while (old < former.size() || fresh < now.size()) {
            if (old < former.size() && fresh < now.size() && former.get(old).equals(now.get(fresh))) {
                lines.add("  " + former.get(old));
                old++;
                fresh++;
            } else if (fresh == now.size()
                    || (old < former.size() && common[old + 1][fresh] >= common[old][fresh + 1])) {
                lines.add("- " + former.get(old));
                old++;
            } else {
                lines.add("+ " + now.get(fresh));
                fresh++;
            }
        }
        return lines;
    }
}
