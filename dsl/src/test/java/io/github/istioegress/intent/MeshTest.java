package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshTest {

  private static final IstioInstall WITH_ADDONS =
      IstioInstall.named("istio").addon(Addon.KIALI).addon(Addon.GRAFANA);

  @Test
  void itBeginsWithIstiosDefaults() {
    assertThat(Mesh.istio(IstioVersion.V1_30))
        .isEqualTo(
            new MeshOf<>(
                IstioVersion.V1_30,
                MeshConfig.istioDefault(),
                Optional.empty(),
                false,
                Optional.empty()));
  }

  @Test
  void eachWordChangesOneThing() {
    Mesh mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout");
    assertThat(mesh.config())
        .isEqualTo(
            new MeshConfig(OutboundTrafficPolicy.REGISTRY_ONLY, "/dev/stdout", "istio-system"));
    assertThat(mesh.allowAny().config().outboundTrafficPolicy())
        .isEqualTo(OutboundTrafficPolicy.ALLOW_ANY);
    assertThat(mesh.target(IstioVersion.V1_22).version()).isEqualTo(IstioVersion.V1_22);
    assertThat(mesh.target(IstioVersion.V1_22).config()).isEqualTo(mesh.config());
    assertThat(mesh.installed(IstioInstall.named("istio")).install()).isPresent();
  }

  @Test
  void aReleaseFromDataIsAskedWhatItHas() {
    Mesh mesh = Mesh.istio(IstioVersion.parse("1.30")).registryOnly();
    assertThat(mesh.since1_30()).isEqualTo(mesh);
    assertThat(mesh.since1_26()).isEqualTo(mesh);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh.target(IstioVersion.V1_29).since1_30())
        .withMessage("the mesh runs Istio 1.29, and this needs 1.30 or newer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh.target(IstioVersion.of(1, 21)).since1_26())
        .withMessage("the mesh runs Istio 1.21, and this needs 1.26 or newer");
  }

  @Test
  void addonsAreInstalledUpTo17() {
    assertThat(Mesh.istio(IstioVersion.V1_7).installed(WITH_ADDONS).install())
        .contains(WITH_ADDONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "1.22", "1.31"})
  void laterReleasesRefuseThem(String version) {
    Mesh mesh = Mesh.istio(IstioVersion.parse(version));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh.installed(WITH_ADDONS))
        .withMessage(
            "Istio "
                + version
                + " installs no addons ([GRAFANA, KIALI]): addonComponents ended with 1.7; install"
                + " them from Istio's samples/addons");
  }

  @Test
  void aMeshWithAddonsDoesNotMoveToALaterRelease() {
    Mesh mesh = Mesh.istio(IstioVersion.V1_7).installed(WITH_ADDONS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh.target(IstioVersion.V1_31))
        .withMessageStartingWith("Istio 1.31 installs no addons");
  }
}
