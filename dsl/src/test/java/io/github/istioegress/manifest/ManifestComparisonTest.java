package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is no difference, and what is one. */
class ManifestComparisonTest {

  private static HasMetadata read(String kind, String spec) {
    String group = kind.equals("AuthorizationPolicy") ? "security" : "networking";
    String text =
        "apiVersion: %s.istio.io/v1\nkind: %s\nmetadata: {name: a, namespace: b}\nspec: %s\n"
            .formatted(group, kind, spec);
    ReadManifests read = new ManifestReader().read(List.of(new SourceFile("set.yaml", text)));
    return read.resources().all().get(0).object();
  }

  private static Optional<String> difference(String kind, String made, String found) {
    return ManifestComparison.first(read(kind, made), read(kind, found))
        .map(ManifestComparison.Difference::path);
  }

  @Test
  void theOrderOfRoutesDoesNotCountWhereEachHasOnePlaceOfItsOwn() {
    String route = "{match: [{gateways: [%s], port: %s}], route: [{destination: {host: %s}}]}";
    String mesh = route.formatted("mesh", 80, "x");
    String gateway = route.formatted("g", 80, "y");
    String all = "{hosts: [h], gateways: [%s], http: [%s, %s]}";

    assertThat(
            difference(
                "VirtualService",
                all.formatted("g, mesh", mesh, gateway),
                all.formatted("mesh, g", gateway, mesh)))
        .isEmpty();
  }

  @Test
  void theOrderOfRoutesCountsWhereTheFirstThatFitsWins() {
    String one = "{match: [{gateways: [mesh], port: 80}], route: [{destination: {host: x}}]}";
    String same = "{match: [{gateways: [mesh], port: 80}], route: [{destination: {host: y}}]}";
    String open = "{route: [{destination: {host: z}}]}";
    String all = "{hosts: [h], http: [%s, %s]}";

    assertThat(difference("VirtualService", all.formatted(one, same), all.formatted(same, one)))
        .isPresent();
    assertThat(difference("VirtualService", all.formatted(one, open), all.formatted(open, one)))
        .isPresent();
  }

  @Test
  void aWeightCountsWhereThereAreTwo() {
    String two =
        "{hosts: [h], http: [{route: [{destination: {host: x}, weight: %s}, {destination: {host: y}, weight: %s}]}]}";
    String one = "{hosts: [h], http: [{route: [{destination: {host: x}%s}]}]}";

    assertThat(difference("VirtualService", one.formatted(""), one.formatted(", weight: 100")))
        .isEmpty();
    assertThat(difference("VirtualService", two.formatted(90, 10), two.formatted(10, 90)))
        .isPresent();
  }

  @Test
  void noGatewayIsTheMesh() {
    assertThat(difference("VirtualService", "{hosts: [h]}", "{hosts: [h], gateways: [mesh]}"))
        .isEmpty();
    assertThat(difference("VirtualService", "{hosts: [h]}", "{hosts: [h], gateways: [g]}"))
        .contains("spec.gateways[0]");
  }

  @Test
  void aRuleThatLetsEverybodyInIsNotNoRule() {
    assertThat(difference("AuthorizationPolicy", "{rules: [{}]}", "{}")).isPresent();
    assertThat(difference("AuthorizationPolicy", "{action: ALLOW}", "{}")).isEmpty();
    assertThat(difference("AuthorizationPolicy", "{action: DENY}", "{}")).isPresent();
  }

  @Test
  void whoSeesAResourceIsNeverADefault() {
    String entry = "{hosts: [a.example], ports: [{number: 80, name: http, protocol: HTTP}]%s}";

    assertThat(
            difference("ServiceEntry", entry.formatted(""), entry.formatted(", exportTo: [\"*\"]")))
        .isPresent();
    assertThat(
            difference(
                "ServiceEntry",
                entry.formatted(", exportTo: [\".\", b]"),
                entry.formatted(", exportTo: [b, \".\"]")))
        .isEmpty();
    assertThat(
            difference("ServiceEntry", entry.formatted(""), entry.formatted(", resolution: NONE")))
        .isEmpty();
    assertThat(
            difference("ServiceEntry", entry.formatted(""), entry.formatted(", resolution: DNS")))
        .contains("spec.resolution");
  }

  @Test
  void aTimeIsTheSameInOtherUnits() {
    String rule =
        "{host: h, trafficPolicy: {outlierDetection: {baseEjectionTime: %s, consecutive5xxErrors: %s}}}";

    assertThat(difference("DestinationRule", rule.formatted("60s", 5), rule.formatted("1m", 5)))
        .isEmpty();
    assertThat(difference("DestinationRule", rule.formatted("60s", 5), rule.formatted("61s", 5)))
        .isPresent();
    assertThat(difference("DestinationRule", rule.formatted("60s", 5), rule.formatted("60s", 0)))
        .isPresent();
  }
}
