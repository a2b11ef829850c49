package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {

  private final List<Finding> findings = new ArrayList<>();

  private List<String> messages(String type, String spec) throws IOException {
    JsonNode tree = new ObjectMapper().readTree("{\"spec\":" + spec.replace('\'', '"') + "}");
    Document document = new Document("in.yaml", tree, Place.leaf(1, 1, ""));
    FieldCheck.check(
        type, tree, new ResourceFindings(document, new Subject("It", "shop", "self"), findings));
    return findings.stream().map(Finding::message).toList();
  }

  @Test
  void everyWordOfEveryEnumerationIsKnown() throws IOException {
    for (String type : IstioFields.types()) {
      for (IstioFields.Field field : IstioFields.fields(type)) {
        for (String value : field.values()) {
          assertThat(messages(type, "{'%s':'%s'}".formatted(field.name(), value))).isEmpty();
        }
      }
    }
  }

  @Test
  void noWordOfAnEnumerationIsKnownInSmallLetters() throws IOException {
    int enumerations = 0;
    for (String type : IstioFields.types()) {
      for (IstioFields.Field field : IstioFields.fields(type)) {
        if (!field.values().isEmpty()) {
          enumerations++;
          messages(type, "{'%s':'simple'}".formatted(field.name()));
        }
      }
    }
    assertThat(findings).hasSize(enumerations);
    assertThat(enumerations).isGreaterThan(10);
  }

  @Test
  void everyFieldIsFoundByItsOldSpelling() throws IOException {
    for (String type : IstioFields.types()) {
      for (IstioFields.Field field : IstioFields.fields(type)) {
        String snake = field.name().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
        if (IstioFields.field(type, snake).isEmpty()) {
          findings.clear();
          messages(type, "{'%s':1}".formatted(snake));
          assertThat(findings.get(0).remedy()).contains("Perhaps " + field.name() + " is meant");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hosst,hosts",
    "host,hosts",
    "hostss,hosts",
    "hsots,hosts",
    "HOSTS,hosts",
    "resolutoin,resolution",
    "subjectAltName,subjectAltNames"
  })
  void aSlipOfTheHandIsSeen(String written, String meant) throws IOException {
    messages("ServiceEntry", "{'%s':1}".formatted(written));
    assertThat(findings.get(0).remedy()).contains("Perhaps " + meant + " is meant");
  }

  @Test
  void somethingElseIsNotGuessed() throws IOException {
    assertThat(messages("ServiceEntry", "{'timeout':1}")).hasSize(1);
    assertThat(findings.get(0).remedy()).isEqualTo("correct the field or remove it");
  }

  @Test
  void listsAndTablesAreEntered() throws IOException {
    assertThat(
            messages(
                "VirtualService",
                "{'http':[{'match':[{'headers':{'x-a':{'exakt':'b'}},'sourceLabels':{'any':'c'}}]},"
                    + "{'rout':[]}]}"))
        .containsExactly(
            "It shop/self has the field spec.http[0].match[0].headers.x-a.exakt, which Istio does not know:"
                + " the API server drops or refuses it",
            "It shop/self has the field spec.http[1].rout, which Istio does not know: the API server drops"
                + " or refuses it");
  }

  @Test
  void nullIsNoWord() throws IOException {
    assertThat(messages("ServiceEntry", "{'resolution':null}")).isEmpty();
    assertThat(messages("ServiceEntry", "{'resolution':3,'location':['A']}"))
        .containsExactly(
            "It shop/self has the number 3 in spec.resolution",
            "It shop/self has a list in spec.location");
  }

  @Test
  void aFieldIsUnknownToWhomeverItsKindBelongsTo() {
    assertThat(
            Reading.read(
                    """
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: out, namespace: shop}
                    spec: {podSelector: {}, policyTypes: [Egress], egres: [{}]}
                    """)
                .findings())
        .extracting(Finding::message)
        .containsExactly(
            "NetworkPolicy shop/out has the field spec.egres, which Kubernetes does not know: the"
                + " API server drops or refuses it");
  }
}
