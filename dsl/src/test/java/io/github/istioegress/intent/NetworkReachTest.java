package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A NetworkPolicy knows addresses, so it is refused where only a name is known. */
class NetworkReachTest {

  private static final EgressIntent BY_NAME = Egress.to("a.example").tls(443).direct();

  private static EgressPlan plan(MeshNamespace namespace, EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31)).namespace(namespace, sentences);
  }

  private static MeshNamespace shop(NetworkReach reach) {
    return MeshNamespace.named("shop").networkPolicy(reach);
  }

  @Test
  void byDefaultNothingIsReachedButWhatIsDeclared() {
    NetworkReach reach = NetworkReach.declared();
    assertThat(reach.neighbours()).isEqualTo(NetworkReach.Neighbours.CLOSED);
    assertThat(reach.unknown()).isEqualTo(NetworkReach.Unknown.NOWHERE);
    assertThat(reach.addresses()).isEmpty();
    assertThat(reach.reachesNames()).isFalse();
  }

  @Test
  void everyWordOpensOneThing() {
    assertThat(NetworkReach.declared().withinNamespace().neighbours())
        .isEqualTo(NetworkReach.Neighbours.OPEN);
    assertThat(NetworkReach.declared().toPublicAddresses().unknown())
        .isEqualTo(NetworkReach.Unknown.PUBLIC);
    assertThat(NetworkReach.declared().toAddresses("10.2.0.0/16").toAddresses("10.1.0.0/16"))
        .isEqualTo(NetworkReach.declared().toAddresses("10.1.0.0/16", "10.2.0.0/16"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "10.1.2", "10.0.0.0/33", "127.0.0.1", "0.0.0.0/0"})
  void addressesAreThoseOfHostsOutside(String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkReach.declared().toAddresses(said))
        .withMessageStartingWith("address '" + said + "' is ");
  }

  @Test
  void aHostThatOnlyDnsKnowsNeedsAWordAboutAddresses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(shop(NetworkReach.declared().withinNamespace()), BY_NAME))
        .withMessage(
            BY_NAME
                + " at "
                + BY_NAME.origin().place()
                + " goes to whatever address DNS answers, which the networkPolicy() of namespace"
                + " shop cannot know: send it via(gateway), or say"
                + " networkPolicy(NetworkReach.declared().toPublicAddresses()), or"
                + " toAddresses(...) where they are known");
    for (NetworkReach reach :
        List.of(
            NetworkReach.declared().toPublicAddresses(),
            NetworkReach.declared().toAddresses("203.0.113.0/24"))) {
      assertThat(plan(shop(reach), BY_NAME).namespaces()).hasSize(1);
    }
    assertThat(plan(MeshNamespace.named("shop"), BY_NAME).namespaces()).hasSize(1);
  }

  @Test
  void aWildcardIsSuchAHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                plan(
                    shop(NetworkReach.declared()),
                    Egress.toAnyOf("*.a.example").unresolved().tls(443).direct()))
        .withMessageContaining("goes to whatever address DNS answers");
  }

  @Test
  void addressesAndGatewaysAreKnown() {
    assertThat(
            plan(
                    shop(NetworkReach.declared()),
                    Egress.to("db.example").tcp(5432).at("203.0.113.3").direct(),
                    Egress.to("a.example").tls(443).via(EgressGateway.istioDefault()))
                .namespaces())
        .hasSize(1);
  }
}
