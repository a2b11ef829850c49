package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each release gets the API version it serves. */
class TargetsTest {

  private static Expanded on(String version) {
    return Expanded.of(
        EgressPlan.on(Mesh.istio(IstioVersion.parse(version)))
            .namespace(
                Expanded.SHOP,
                Egress.to("a.example").port(80).via(EgressGateway.istioDefault()),
                Egress.to("a.example").port(443).via(EgressGateway.istioDefault())));
  }

  @ParameterizedTest
  @CsvSource({
    "1.7,v1alpha3",
    "1.8,v1beta1",
    "1.9,v1beta1",
    "1.21,v1beta1",
    "1.22,v1",
    "1.30,v1",
    "1.31,v1"
  })
  void everyIstioResourceHasTheVersionOfTheTarget(String target, String version) {
    List<String> versions =
        on(target).resources().all().stream()
            .filter(resource -> resource.kind() != ResourceKind.NAMESPACE)
            .map(resource -> resource.object().getApiVersion())
            .toList();
    assertThat(versions).hasSize(5).containsOnly("networking.istio.io/" + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7", "1.8", "1.21", "1.22"})
  void nothingElseDependsOnTheTarget(String target) {
    Expanded expanded = on(target);
    List<HasMetadata> newest = on("1.31").resources().all().stream().map(Resource::object).toList();
    assertThat(expanded.resources().all()).hasSameSizeAs(newest);
    assertThat(expanded.yaml().replaceAll("networking.istio.io/v1\\w*", "networking.istio.io/v1"))
        .isEqualTo(on("1.31").yaml());
  }
}
