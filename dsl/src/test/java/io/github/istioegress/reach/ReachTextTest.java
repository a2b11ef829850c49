package io.github.istioegress.reach;

import static org.assertj.core.api.Assertions.assertThat;

import org.approvaltests.Approvals;
import org.junit.jupiter.api.Test;

/** The matrix as people read it. */
final class ReachTextTest {

  @Test
  void aNamespaceThatIsLockedAndOneThatIsNot() {
    String bank =
        ReachSet.SHOP
            .replace("namespace: shop", "namespace: bank")
            .replace("name: shop", "name: bank");
    Approvals.verify(
        ReachText.of(
            ReachSet.of(ReachSet.SHOP, bank, ReachSet.NEWS, ReachSet.LOCK)
                .registryOnly()
                .matrix()));
  }

  @Test
  void rowsThatAreAlikeShareASection() {
    StringBuilder tenants = new StringBuilder(ReachSet.NEWS);
    for (int i = 10; i < 40; i++) {
      for (String part : new String[] {ReachSet.SHOP, ReachSet.LOCK}) {
        tenants
            .append("---\n")
            .append(
                part.replace("namespace: shop", "namespace: t" + i)
                    .replace("name: shop", "name: t" + i));
      }
    }
    String text = ReachText.of(ReachSet.of(tenants.toString()).matrix());

    assertThat(text)
        .contains("from      Deployment t10/web\n          Deployment t11/web\n")
        .contains("          and 18 more\n")
        .contains("is denied by NetworkPolicy (own namespace)/lock (DENIED)");
    assertThat(text.lines().filter(line -> line.startsWith("from "))).hasSize(2);
    assertThat(text.lines()).hasSizeLessThan(60);
  }
}
