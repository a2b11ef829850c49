package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshNamespaceTest {

  @Test
  void injectionIsALabel() {
    assertThat(MeshNamespace.named("shop").injected().labels())
        .isEqualTo(Map.of("istio-injection", "enabled"));
    assertThat(MeshNamespace.named("shop").labels()).isEmpty();
  }

  @Test
  void labelsMayComeInAnyOrder() {
    assertThat(MeshNamespace.named("shop").labelled("b", "2").injected().labelled("a", "1"))
        .isEqualTo(MeshNamespace.named("shop").labelled("a", "1").labelled("b", "2").injected());
  }

  @Test
  void theLastValueOfALabelHolds() {
    assertThat(MeshNamespace.named("shop").injected().labelled("istio-injection", "disabled"))
        .isEqualTo(MeshNamespace.named("shop").labelled("istio-injection", "disabled"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "shop.a", "shop/a", "shop_a", "-shop", "shop\n"})
  void aNamespaceIsADnsLabel(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeshNamespace.named(name))
        .withMessage(
            "namespace '"
                + name
                + "' is not a DNS label: use 1 to 63 lower-case letters, digits and dashes, without"
                + " a dash at either end");
  }

  @Test
  void itsLabelsAreKubernetesOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeshNamespace.named("shop").labelled("a b", "x"))
        .withMessageStartingWith("namespace shop has the label key 'a b':");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeshNamespace.named("shop").labelled("a", "x y"))
        .withMessageStartingWith("namespace shop has the label a with value 'x y':");
  }

  @Test
  void byDefaultItSaysNothingOfItsOwn() {
    MeshNamespace shop = MeshNamespace.named("shop").injected();
    assertThat(shop.outboundTrafficPolicy()).isEmpty();
    assertThat(shop.scope()).isEmpty();
    assertThat(shop.network()).isEmpty();
  }

  @Test
  void lockedDownIsThreeWordsInOne() {
    assertThat(MeshNamespace.named("shop").lockedDown())
        .isEqualTo(MeshNamespace.named("shop").networkPolicy().sidecarScope().registryOnly());
    assertThat(MeshNamespace.named("shop").lockedDown().labelled("a", "1").network())
        .contains(NetworkReach.declared());
  }

  @Test
  void theLastStanceHolds() {
    assertThat(MeshNamespace.named("shop").registryOnly().allowAny().outboundTrafficPolicy())
        .contains(OutboundTrafficPolicy.ALLOW_ANY);
    assertThat(MeshNamespace.named("shop").lockedDown().sidecarScope("orders/*").scope())
        .contains(new SidecarScope(List.of("orders/*")));
  }
}
