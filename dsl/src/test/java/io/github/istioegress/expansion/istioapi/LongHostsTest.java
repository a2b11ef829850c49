package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.resource.Resource;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Hosts whose names are longer than a resource's may be. */
class LongHostsTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final String LONG = "a".repeat(40) + "." + "b".repeat(40) + "." + "c".repeat(40);

  private static EgressIntent said(String host) {
    return Egress.to(host).port(80).via(GATEWAY);
  }

  private static void valid(HasMetadata resource) {
    assertThat(resource.getMetadata().getName())
        .hasSizeLessThanOrEqualTo(253)
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  }

  @Test
  void namesStayWithinTheLimits() {
    Expanded expanded = Expanded.shop(said(LONG + ".example"));
    expanded.resources().all().stream().map(Resource::object).forEach(LongHostsTest::valid);
    assertThat(expanded.all(DestinationRule.class).get(0).getSpec().getSubsets())
        .allSatisfy(
            subset -> assertThat(subset.getName()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"));
  }

  @Test
  void hostsThatBeginAlikeHaveNamesOfTheirOwn() {
    Expanded expanded = Expanded.shop(said(LONG + ".example"), said(LONG + ".other"));
    assertThat(expanded.all(ServiceEntry.class))
        .extracting(entry -> entry.getMetadata().getName())
        .doesNotHaveDuplicates()
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).startsWith("a".repeat(40) + "-bbb"));
    assertThat(expanded.all(DestinationRule.class).get(0).getSpec().getSubsets()).hasSize(2);
  }

  @Test
  void aNameOfUpTo63CharactersStaysAsItIs() {
    String host = "a".repeat(55) + ".example";
    assertThat(host).hasSize(63);
    assertThat(ResourceNames.base(host.replace('.', '-'))).isEqualTo(host.replace('.', '-'));
    assertThat(ResourceNames.base("x" + host.replace('.', '-')))
        .hasSize(63)
        .isNotEqualTo("x" + host.replace('.', '-'));
  }

  @Test
  void shortenedNamesAreTheSameOnEveryMachine() {
    assertThat(ResourceNames.base("a".repeat(64))).isEqualTo("a".repeat(52) + "-ffe054fe7a");
  }

  @Test
  void aSubsetHasNoDots() {
    assertThat(ResourceNames.subset("cnn.news")).isEqualTo("cnn-news");
    assertThat(ResourceNames.subset("a.".repeat(60) + "b")).hasSize(63).doesNotContain(".");
  }

  @Property(tries = 200)
  void everyLengthGivesALabel(@ForAll @IntRange(min = 1, max = 250) int length) {
    String dashed =
        String.join("", IntStream.range(0, length).mapToObj(i -> i % 9 == 8 ? "-" : "a").toList())
            + "z";
    assertThat(ResourceNames.base(dashed)).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    assertThat(List.of(ResourceNames.base(dashed), ResourceNames.base(dashed + "z")))
        .doesNotHaveDuplicates();
  }
}
