package io.github.istioegress.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is generated from random definitions and imported again. */
class RandomPlansTest {

  @Provide
  Arbitrary<Plans.Sentences> plans() {
    return Plans.any("shop", "bank");
  }

  @Property(tries = 300, seed = "1")
  void whatIsClaimedIsInTheInputEqualAndNothingIsForgotten(@ForAll("plans") Plans.Sentences said) {
    ResourceSet made = Expansion.expand(said.plan()).resources();
    Imported imported = imported(made, said.plan());

    assertThat(imported.proved().size() + imported.leftOvers().size()).isEqualTo(made.size());
    assertThat(imported.added()).isEmpty();
    if (said.plan().namespaces().stream()
        .allMatch(one -> one.intents().stream().allMatch(RandomPlansTest::isRecognized))) {
      assertThat(imported.leftOvers()).isEmpty();
      assertThat(yaml(imported)).isEqualTo(yaml(made));
    }
  }

  /** The words that no proposal has yet. */
  private static boolean isRecognized(EgressIntent said) {
    return said.handling().answering().isEmpty()
        && said.path().forwardProxy().isEmpty()
        && said.policy().mirrors().isEmpty();
  }

  private static Imported imported(ResourceSet made, EgressPlan plan) {
    String text = new ManifestWriter().write(made.all().stream().map(Resource::object).toList());
    return Importer.of(
        List.of(new SourceFile("set.yaml", text)), Optional.of(plan.mesh().version()));
  }

  private static Map<String, String> yaml(Imported imported) {
    TreeMap<String, String> all = new TreeMap<>();
    imported
        .definitions()
        .forEach(one -> all.putAll(yaml(Expansion.expand(one.plan()).resources())));
    return all;
  }

  private static Map<String, String> yaml(ResourceSet set) {
    TreeMap<String, String> all = new TreeMap<>();
    ManifestWriter writer = new ManifestWriter();
    set.all()
        .forEach(
            one ->
                all.put(
                    one.key().toString() + new TreeSet<>(List.of(one.key().group())),
                    writer.write(List.of(one.object()))));
    return all;
  }
}
