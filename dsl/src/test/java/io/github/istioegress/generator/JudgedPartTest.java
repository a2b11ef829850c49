package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgedPartTest {

  private static final EgressPlan PLAN =
      EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
          .namespace(
              MeshNamespace.named("shop"),
              Egress.to("edition.cnn.com").port(80).via(EgressGateway.istioDefault()));

  private static GeneratedEgress generated() {
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.empty()).generate("cnn", PLAN);
  }

  @Test
  void nothingIsFoundInWhatWeGenerate() {
    assertThat(generated().findings()).isEmpty();
  }

  @Test
  void aFindingNamesTheJavaLineThatSaidTheResource() {
    SaidAt said = SaidAt.of(PLAN, generated().resources());
    Subject entry =
        generated().resources().all().stream()
            .map(one -> new Subject(one.key().kind(), one.key().namespace(), one.key().name()))
            .filter(one -> one.kind().equals("ServiceEntry"))
            .findFirst()
            .orElseThrow();
    Finding finding =
        ReferenceCode.RULE_HOST_NOT_FOUND
            .at(Location.file(""), "a", "b", "c", "d")
            .about(entry, "spec.hosts[0]");
    assertThat(said.definition(finding)).matches(".*JudgedPartTest:\\d+");
  }
}
