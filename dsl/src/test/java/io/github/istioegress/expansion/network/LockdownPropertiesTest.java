package io.github.istioegress.expansion.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.expansion.Plans;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GeneratedEgress;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A namespace that closes itself lets out all that is declared, and nothing else. */
class LockdownPropertiesTest {

  private static final NetworkReach REACH = NetworkReach.declared().toPublicAddresses();

  @Provide
  Arbitrary<Plans.Sentences> plans() {
    return Plans.any("shop", "bank").map(Plans.Sentences::apart);
  }

  private static GeneratedEgress generated(
      Plans.Sentences said, Function<MeshNamespace, MeshNamespace> closing) {
    EgressPlan plan = EgressPlan.on(said.mesh());
    for (Map.Entry<String, List<EgressIntent>> one : said.sentences().entrySet()) {
      plan = plan.namespace(closing.apply(MeshNamespace.named(one.getKey())), one.getValue());
    }
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.empty()).generate("x", plan);
  }

  @Property(tries = 100)
  void whatIsDeclaredGoesAsItIsSaid(@ForAll("plans") Plans.Sentences said) {
    assertThat(generated(said, namespace -> namespace.lockedDown().networkPolicy(REACH)).calls())
        .isNotEmpty()
        .allMatch(DeclaredCall::isAsSaid);
  }

  @Property(tries = 100)
  void nothingElseLeaves(@ForAll("plans") Plans.Sentences said) {
    GeneratedEgress closed = generated(said, MeshNamespace::registryOnly);
    Tracer tracer =
        Tracer.of(closed.resources(), List.of(), MeshConfig.istioDefault(), IstioVersion.V1_31);
    for (String namespace : said.sentences().keySet()) {
      for (String url :
          List.of("http://other.example", "https://other.example", "tcp://198.51.100.7:5432")) {
        assertThat(tracer.trace(Call.to(Caller.in(namespace), url)).outcome().leaves())
            .as(url)
            .isFalse();
      }
    }
  }

  @Property(tries = 100)
  void theNetworkAloneHoldsWhatNoSentenceIsAbout(@ForAll("plans") Plans.Sentences said) {
    GeneratedEgress open = generated(said, namespace -> namespace.allowAny().networkPolicy(REACH));
    Tracer tracer =
        Tracer.of(open.resources(), List.of(), MeshConfig.istioDefault(), IstioVersion.V1_31);
    for (String namespace : said.sentences().keySet()) {
      for (String url : List.of("tcp://198.51.100.7:22", "https://other.example:9999")) {
        assertThat(tracer.trace(Call.to(Caller.in(namespace), url)).outcome().leaves())
            .as(url)
            .isFalse();
      }
      assertThat(
              tracer
                  .trace(
                      Call.to(Caller.in(namespace), "https://other.example")
                          .with("", "10.1.2.3", "", Map.of()))
                  .outcome()
                  .leaves())
          .isFalse();
    }
  }
}
