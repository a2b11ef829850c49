package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.fleet.FleetNames.Kind;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.manifest.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetNamesTest {

  private static final FleetNames NAMES =
      FleetNames.read(
          List.of(
              new SourceFile(
                  "all.yaml",
                  """
                  defaults:
                    destinations:
                      - {host: time.example.com, port: 443}
                    values: {size: 1}
                  profiles:
                    test:
                      group: trial
                  """),
              new SourceFile(
                  "shop.yaml",
                  """
                  name: shop
                  ring: canary
                  profiles:
                    test:
                      destinations:
                        - {name: card, host: test.stripe.com, port: 443}
                  destinations:
                    - {host: api.stripe.com, port: 443}
                  """),
              new SourceFile(
                  "more.csv", "name,group,host,port\ncart,retail,api.stripe.com,443\n")));

  @Test
  void aNameHasTheLineThatGivesItFirst() {
    assertThat(NAMES.all(Kind.TENANT))
        .isEqualTo(Map.of("shop", "shop.yaml:1", "cart", "more.csv:2"));
    assertThat(NAMES.all(Kind.HOST))
        .isEqualTo(
            Map.of(
                "time.example.com",
                "all.yaml:3",
                "test.stripe.com",
                "shop.yaml:6",
                "api.stripe.com",
                "shop.yaml:8"));
    assertThat(NAMES.all(Kind.GROUP))
        .isEqualTo(Map.of("trial", "all.yaml:7", "retail", "more.csv:2"));
    assertThat(NAMES.all(Kind.RING)).containsOnlyKeys("canary");
    assertThat(NAMES.all(Kind.PROFILE)).containsOnlyKeys("test");
    assertThat(NAMES.all(Kind.VALUE)).containsOnlyKeys("size");
  }

  @Test
  void aTenantMayReachWhatAnyProfileAndTheDefaultsSay() {
    assertThat(NAMES.destinations().get("shop"))
        .containsExactlyInAnyOrder(
            new FleetNames.Destination("card", "test.stripe.com", "shop.yaml:6"),
            new FleetNames.Destination("api.stripe.com", "api.stripe.com", "shop.yaml:8"),
            new FleetNames.Destination("time.example.com", "time.example.com", "all.yaml:3"));
    assertThat(NAMES.destinations().get("cart")).hasSize(2);
  }

  @Test
  void whatIsNoFleetHasNoNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FleetNames.read(List.of(new SourceFile("t.yaml", "tenants: shop"))))
        .withMessageStartingWith("t.yaml:1: tenants of a tenants file is the text 'shop'");
  }

  @Test
  void ringsOwnersAndTenantsTakeTypedNames() {
    TenantName shop = new TenantName("shop");
    Tenant tenant = Tenant.named("shop");

    assertThat(tenant.is(shop)).isTrue();
    assertThat(Tenant.named("cart").is(shop)).isFalse();
    assertThat(Ring.of("canary", shop).members()).accepts(tenant).rejects(Tenant.named("cart"));
    assertThat(HostRegistry.exclusive().shared(new ExternalHost("a.example")))
        .isEqualTo(HostRegistry.exclusive().shared("a.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TenantName("Shop"))
        .withMessageStartingWith("tenant 'Shop' is no DNS label");
  }
}
