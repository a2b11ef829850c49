package io.github.istioegress.trace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mesh of the trust domain td.example, which was once old.domain. */
class IdentitiesTest {

  private static final List<String> DOMAINS = List.of("td.example", "old.domain");
  private static final String WEB = "td.example/ns/shop/sa/web";

  @ParameterizedTest
  @CsvSource({
    "td.example/ns/shop/sa/web, true",
    "cluster.local/ns/shop/sa/web, true",
    "old.domain/ns/shop/sa/web, true",
    "old*/ns/shop/sa/web, true",
    "*.example/ns/shop/sa/web, true",
    "*/ns/shop/sa/web, true",
    "other.domain/ns/shop/sa/web, false",
    "cluster.local/ns/shop/*, false",
    "td.example/ns/shop/*, true",
    "*, true",
  })
  void principalsOfItsTrustDomainByAnyOfItsNames(String wanted, boolean fits) {
    assertThat(Identities.principal(wanted, WEB, DOMAINS)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "td.example, true",
    "old.domain, true",
    "td.*, true",
    "*, true",
    "cluster.local, false",
    "old.*, false",
  })
  void trustDomains(String wanted, boolean fits) {
    assertThat(Identities.trustDomain(wanted, WEB, DOMAINS)).isEqualTo(fits);
  }
}
