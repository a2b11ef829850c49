package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IstioInstallTest {

  private static final IstioInstall ISTIO = IstioInstall.named("istio-control-plane");

  @Test
  void itBeginsWithTheDefaultProfileAndNothingElse() {
    assertThat(ISTIO)
        .isEqualTo(
            new IstioInstall("istio-control-plane", "default", Set.of(), Map.of(), Map.of()));
  }

  @Test
  void wordsMayComeInAnyOrder() {
    assertThat(
            ISTIO
                .value("b.c", "2")
                .addon(Addon.KIALI)
                .onNodes("os", "linux")
                .addon(Addon.GRAFANA)
                .value("a", "1")
                .profile("minimal"))
        .isEqualTo(
            ISTIO
                .profile("minimal")
                .addon(Addon.GRAFANA)
                .addon(Addon.KIALI)
                .value("a", "1")
                .onNodes("os", "linux")
                .value("b.c", "2"));
  }

  @Test
  void addonsStandInTheOrderOfTheirKind() {
    assertThat(ISTIO.addon(Addon.KIALI).addon(Addon.GRAFANA).addon(Addon.KIALI).addons())
        .containsExactly(Addon.GRAFANA, Addon.KIALI);
    assertThat(Addon.TRACING.component()).isEqualTo("tracing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "a.", "a..b", "."})
  void aValuesPathIsDotted(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.value(path, "x"))
        .withMessage(
            "Helm value path '" + path + "' is not of the form kiali.dashboard.auth.strategy");
  }

  @ParameterizedTest
  @CsvSource({"a,a.b", "a.b,a.b.c", "a,a.b.c.d"})
  void aValueIsATextOrATableButNotBoth(String text, String inTable) {
    String message =
        "Helm values "
            + text
            + " and "
            + inTable
            + " exclude each other: the first is a text, not a table";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.value(text, "x").value(inTable, "y"))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.value(inTable, "y").value(text, "x"))
        .withMessage(message);
  }

  @Test
  void neighboursDoNotExcludeEachOther() {
    assertThat(ISTIO.value("a.b", "1").value("a.bc", "2").value("a-b.c", "3").values()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meshConfig",
        "meshConfig.outboundTrafficPolicy",
        "meshConfig.outboundTrafficPolicy.mode",
        "meshConfig.accessLogFile"
      })
  void whatTheMeshSaysIsNotSaidAgain(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.value(path, "ALLOW_ANY"))
        .withMessage(
            "Helm value "
                + path
                + " is what the mesh says already: use registryOnly(), allowAny() or"
                + " accessLog(...) of the mesh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global",
        "global.defaultNodeSelector",
        "global.defaultNodeSelector.disk",
        "global.defaultNodeSelector.a.b"
      })
  void whatOnNodesSaysIsNotSaidAgain(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.value(path, "x"))
        .withMessage("Helm value " + path + " is what onNodes(key, value) says: use that instead");
  }

  @Test
  void otherValuesOfTheMeshConfigAreFree() {
    assertThat(ISTIO.value("meshConfig.enableTracing", "true").value("global.hub", "x").values())
        .hasSize(2);
  }

  @Test
  void namesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IstioInstall.named("Istio"))
        .withMessageStartingWith("IstioOperator 'Istio' is not a resource name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.profile("Default"))
        .withMessageStartingWith("profile 'Default' is not a DNS label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ISTIO.onNodes("os type", "linux"))
        .withMessageStartingWith("node selector has the label key 'os type'");
  }
}
