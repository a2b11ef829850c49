package io.github.istioegress.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is claimed of manifests, and what is not. */
class ImporterTest {

  private static final String DIRECT =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: api-stripe-com
        namespace: shop
      spec:
        hosts: [api.stripe.com]
        ports:
        - {number: 443, name: tls, protocol: tls}
        location: MESH_EXTERNAL
        resolution: DNS
        exportTo: ["."]
      """;

  private static Imported imported(String text) {
    return Importer.of(List.of(new SourceFile("set.yaml", text)), Optional.empty());
  }

  private static List<String> sentences(Imported imported) {
    return imported.definitions().stream()
        .flatMap(one -> one.plan().namespaces().stream())
        .flatMap(said -> said.intents().stream())
        .map(EgressIntent::toString)
        .toList();
  }

  @Test
  void defaultsThatAreWrittenOutAndTheCaseOfAProtocolAreNoDifference() {
    Imported imported = imported(DIRECT);

    assertThat(sentences(imported))
        .containsExactly("Egress.to(\"api.stripe.com\").tls(443).direct()");
    assertThat(imported.proved()).containsExactly("ServiceEntry shop/api-stripe-com");
    assertThat(imported.leftOvers()).isEmpty();
    assertThat(imported.added()).containsExactly("Namespace shop");
  }

  @Test
  void aFieldThatNoSentenceSaysLeavesTheDocumentOverWithItsPlaceAndTheField() {
    Imported imported = imported(DIRECT + "  subjectAltNames: [stripe.com]\n");

    assertThat(sentences(imported)).isEmpty();
    assertThat(imported.leftOvers().toString())
        .contains("set.yaml:1: ServiceEntry shop/api-stripe-com")
        .contains("nearest is Egress.to(\"api.stripe.com\").tls(443).direct()")
        .contains("spec.subjectAltNames is [\"stripe.com\"], not nothing");
  }

  @Test
  void aFieldThatIstioDoesNotKnowIsNotDroppedInSilence() {
    Imported imported = imported(DIRECT + "  colour: red\n");

    assertThat(imported.proved()).isEmpty();
    assertThat(imported.leftOvers().toString()).contains("EGR703").contains("colour");
  }

  @Test
  void aLabelThatMeansSomethingIsADifferenceAndAToolsOwnIsTold() {
    String labels = "  labels: {%s: x}\n";
    Imported meaning =
        imported(DIRECT.replace("spec:\n", labels.formatted("istio.io/rev") + "spec:\n"));
    Imported books =
        imported(DIRECT.replace("spec:\n", labels.formatted("helm.sh/chart") + "spec:\n"));

    assertThat(meaning.leftOvers().toString()).contains("metadata.labels");
    assertThat(books.leftOvers()).isEmpty();
    assertThat(books.books())
        .containsExactly("ServiceEntry shop/api-stripe-com metadata.labels.helm.sh/chart");
  }

  @Test
  void oneOfAHostsResourcesThatIsMissingLeavesAllOfThemOver() {
    Imported imported =
        imported(
            DIRECT
                + """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: by-hand, namespace: shop}
                spec:
                  hosts: [api.stripe.com]
                  tls:
                  - match: [{port: 443, sniHosts: [api.stripe.com]}]
                    route: [{destination: {host: api.stripe.com, port: {number: 443}}}]
                """);

    // The entry is proved by itself, and the route is nobody's.
    assertThat(imported.proved()).containsExactly("ServiceEntry shop/api-stripe-com");
    assertThat(imported.leftOvers().toString())
        .contains("set.yaml:14: VirtualService shop/by-hand");
  }

  @Test
  void severalHostsOrNoneAreNoSentence() {
    Imported several = imported(DIRECT.replace("[api.stripe.com]", "[a.example, b.example]"));
    Imported word = imported(DIRECT.replace("protocol: tls", "protocol: MONGO"));
    Imported address = imported(DIRECT.replace("[api.stripe.com]", "[\"10.1.2.3\"]"));

    assertThat(several.leftOvers().toString()).contains("a sentence has one host");
    assertThat(word.leftOvers().toString()).contains("protocol MONGO of port 443");
    assertThat(address.leftOvers().toString()).contains("host '10.1.2.3' is an address");
  }

  @Test
  void badInputIsToldAndNothingIsClaimed() {
    assertThat(imported("a: [").findings()).anyMatch(one -> one.isError());
    assertThat(imported("").definitions()).isEmpty();
    assertThat(imported("kind: ServiceEntry\napiVersion: networking.istio.io/v1\n").findings())
        .anyMatch(one -> one.isError());
    assertThat(imported(DIRECT + "---\n" + DIRECT).proved()).isEmpty();
  }

  @Test
  void whatStandsAboveADocumentIsKept() {
    Imported imported = imported("# Not about it.\n---\n# Payments,\n## since May.\n" + DIRECT);

    assertThat(imported.definitions().get(0).comments())
        .containsExactly("ServiceEntry shop/api-stripe-com: Payments, since May.");
  }

  @Test
  void theReleaseIsThatOfTheApiVersionsUnlessAnotherIsAskedFor() {
    Imported old =
        imported(DIRECT.replace("networking.istio.io/v1", "networking.istio.io/v1alpha3"));
    Imported asked =
        Importer.of(List.of(new SourceFile("set.yaml", DIRECT)), Optional.of(IstioVersion.V1_26));

    assertThat(old.definitions().get(0).plan().mesh().version()).isEqualTo(IstioVersion.V1_7);
    assertThat(asked.definitions().get(0).plan().mesh().version()).isEqualTo(IstioVersion.V1_26);
  }
}
