package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads one resource of each kind that has every field of Istio's schema (API 1.31) at once. */
class EveryFieldTest {

  private static ReadManifests full(String kind) throws IOException {
    try (InputStream in = EveryFieldTest.class.getResourceAsStream("full/" + kind + ".yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Reading.read(kind + ".yaml", text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ServiceEntry",
        "Sidecar",
        "Gateway",
        "DestinationRule",
        "VirtualService",
        "AuthorizationPolicy"
      })
  void noFieldIsWrongAndNoneUnknownToIstio(String kind) throws IOException {
    ReadManifests read = full(kind);
    assertThat(read.findings())
        .allMatch(finding -> finding.code().code().equals("EGR703"))
        .noneMatch(finding -> finding.message().contains("Istio does not know"));
    assertThat(read.resources().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ServiceEntry",
        "Sidecar",
        "Gateway",
        "DestinationRule",
        "VirtualService",
        "AuthorizationPolicy"
      })
  void whatIsUnderstoodReadsAndWritesTheSame(String kind) throws IOException {
    // As text: with both sides of a oneof at once, the type's choice hangs on the order of keys.
    String text = new ManifestWriter().write(Reading.objects(full(kind)));
    ReadManifests again = Reading.read(text);
    assertThat(again.findings()).isEmpty();
    assertThat(new ManifestWriter().write(Reading.objects(again))).isEqualTo(text);
  }

  @Test
  void theTypesLoseExactlyThese() throws IOException {
    StringBuilder lost = new StringBuilder();
    for (String kind :
        List.of(
            "ServiceEntry",
            "Sidecar",
            "Gateway",
            "DestinationRule",
            "VirtualService",
            "AuthorizationPolicy")) {
      String messages =
          full(kind).findings().stream()
              .map(Finding::message)
              .map(message -> message.replaceAll(".* the field (\\S+), .*", "  $1\n"))
              .collect(Collectors.joining());
      lost.append(kind).append('\n').append(messages);
    }
    Approvals.verify(lost, new Options().forFile().withExtension(".txt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ServiceEntry", "VirtualService", "AuthorizationPolicy"})
  void inTheOrderOfTheDocumentation(String kind) throws IOException {
    Approvals.verify(
        new ManifestWriter().write(Reading.objects(full(kind))),
        Approvals.NAMES.withParameters(kind).forFile().withExtension(".yaml"));
  }

  @Test
  void aNetworkPolicyLosesNothing() throws IOException {
    ReadManifests read = full("NetworkPolicy");
    assertThat(read.findings()).isEmpty();
    try (InputStream in = EveryFieldTest.class.getResourceAsStream("full/NetworkPolicy.yaml")) {
      assertThat(new ManifestWriter().write(Reading.objects(read)))
          .isEqualTo(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
