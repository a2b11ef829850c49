package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order of sentences carries no meaning, and neither does saying one twice. */
class SentenceOrderTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  @Provide
  Arbitrary<List<EgressIntent>> sentences() {
    return Combinators.combine(
            Arbitraries.of("a.example", "b.example", "c.example", "A.EXAMPLE."),
            Arbitraries.of(80, 443),
            Arbitraries.of(true, false))
        .as(SentenceOrderTest::sentence)
        .list()
        .ofMaxSize(8)
        .withoutEdgeCases();
  }

  private static EgressIntent sentence(String host, int port, boolean named) {
    EgressIntent said = Egress.to(host).port(port).via(GATEWAY);
    // A name on only some of a host's sentences; the same on all of one port, or they contradict.
    return named && port == 80 ? said.visible(Visibility.AS_ASKED) : said;
  }

  private static Object outcome(List<EgressIntent> sentences) {
    try {
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
          .namespace(MeshNamespace.named("shop"), sentences);
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  @Property(tries = 300)
  void theOrderOfSentencesDoesNotMatter(
      @ForAll("sentences") List<EgressIntent> sentences, @ForAll long seed) {
    List<EgressIntent> shuffled = new ArrayList<>(sentences);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(outcome(shuffled)).isEqualTo(outcome(sentences));
  }

  @Property(tries = 300)
  void sayingThingsTwiceChangesNothing(@ForAll("sentences") List<EgressIntent> sentences) {
    List<EgressIntent> twice = new ArrayList<>(sentences);
    twice.addAll(sentences);
    assertThat(outcome(twice)).isEqualTo(outcome(sentences));
  }

  @Property(tries = 300)
  void everySentenceIsKept(@ForAll("sentences") List<EgressIntent> sentences) {
    if (outcome(sentences) instanceof EgressPlan plan) {
      assertThat(plan.namespaces().get(0).intents())
          .containsExactlyInAnyOrderElementsOf(sentences.stream().distinct().toList());
    }
  }
}
